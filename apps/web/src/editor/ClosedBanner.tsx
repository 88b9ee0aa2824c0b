import type { ConnectionStatus } from "@scriptorium/provider";
import { useState } from "react";
import { closedExplanation } from "../collaboration/status-label";
import { Button } from "../ui/Button";
import { copyText } from "../ui/copy-text";
import { strings } from "../ui/strings";

interface ClosedBannerProps {
  readonly status: Extract<ConnectionStatus, { state: "closed" }>;
  readonly getText: () => string;
  readonly onDownload: () => void;
  readonly onReconnect: () => void;
}

/** The server has closed for good: why, and how to keep one's words. The text stays where it is. */
export function ClosedBanner({ status, getText, onDownload, onReconnect }: ClosedBannerProps) {
  const [copied, setCopied] = useState<boolean>();
  const { text } = closedExplanation(status.code, status.reason);
  return (
    <section
      role="alert"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-b bg-warn-paper px-4 py-3 sm:px-6"
    >
      <p className="max-w-[68ch] text-sm text-pretty">
        {text} {strings.editor.workOnCopy}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={async () => setCopied(await copyText(getText()))}>{strings.editor.copyText}</Button>
        <Button onClick={onDownload}>{strings.editor.download}</Button>
        <Button onClick={onReconnect}>{strings.closed.reconnect}</Button>
        {copied !== undefined && (
          <span className="text-ink-soft text-sm">
            {copied ? strings.editor.textCopied : strings.editor.textNotCopied}
          </span>
        )}
      </div>
    </section>
  );
}
