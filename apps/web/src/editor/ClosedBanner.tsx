import { CloseCode } from "@scriptorium/protocol";
import { useState } from "react";
import { closedExplanation } from "../collaboration/status-label";
import type { Outage } from "../collaboration/useOutage";
import { Banner } from "../ui/Banner";
import { Button } from "../ui/Button";
import { copyText } from "../ui/copy-text";
import { strings } from "../ui/strings";
import { useCreateWithText } from "./useCreateWithText";

interface ClosedBannerProps {
  readonly outage: Extract<Outage, { state: "closed" }>;
  readonly title: string;
  readonly getText: () => string;
  readonly onDownload: () => void;
  readonly onReconnect: () => void;
}

/** The document is gone, or out of reach: what is here can go on as another one. */
const lost: readonly number[] = [CloseCode.notAllowed, CloseCode.notFound, CloseCode.deleted];

/** The server has closed for good: why, and how to keep one's words. The text stays where it is. */
export function ClosedBanner({ outage, title, getText, onDownload, onReconnect }: ClosedBannerProps) {
  const [copied, setCopied] = useState<boolean>();
  const creation = useCreateWithText(strings.closed.copyTitle);
  const { text } = closedExplanation(outage.code, outage.reason);
  return (
    <Banner
      role="alert"
      warns
      text={
        creation.error === undefined
          ? `${text} ${strings.editor.workOnCopy}`
          : `${strings.documents.createError} ${creation.error.message}`
      }
    >
      {lost.includes(outage.code) && (
        <Button disabled={creation.isPending} onClick={() => creation.run({ title, text: getText() })}>
          {strings.closed.create}
        </Button>
      )}
      <Button onClick={async () => setCopied(await copyText(getText()))}>{strings.editor.copyText}</Button>
      <Button onClick={onDownload}>{strings.editor.download}</Button>
      <Button onClick={onReconnect}>{strings.closed.reconnect}</Button>
      {copied !== undefined && (
        <span className="text-ink-soft text-sm">
          {copied ? strings.editor.textCopied : strings.editor.textNotCopied}
        </span>
      )}
    </Banner>
  );
}
