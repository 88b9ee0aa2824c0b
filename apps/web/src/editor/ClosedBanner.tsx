import { useState } from "react";
import { closedExplanation } from "../collaboration/status-label";
import type { Outage } from "../collaboration/useOutage";
import { Banner } from "../ui/Banner";
import { Button } from "../ui/Button";
import { copyText } from "../ui/copy-text";
import { strings } from "../ui/strings";

interface ClosedBannerProps {
  readonly outage: Extract<Outage, { state: "closed" }>;
  readonly getText: () => string;
  readonly onDownload: () => void;
  readonly onReconnect: () => void;
}

/** The server has closed for good: why, and how to keep one's words. The text stays where it is. */
export function ClosedBanner({ outage, getText, onDownload, onReconnect }: ClosedBannerProps) {
  const [copied, setCopied] = useState<boolean>();
  const { text } = closedExplanation(outage.code, outage.reason);
  return (
    <Banner role="alert" warns text={`${text} ${strings.editor.workOnCopy}`}>
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
