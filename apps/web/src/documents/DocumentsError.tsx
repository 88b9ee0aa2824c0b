import { Button } from "../ui/Button";
import { strings } from "../ui/strings";
import { KnownDocuments } from "./KnownDocuments";

interface DocumentsErrorProps {
  readonly cause: string;
  readonly onRetry: () => void;
}

/** The list could not be had: why, another try, and what this device can open all the same. */
export function DocumentsError({ cause, onRetry }: DocumentsErrorProps) {
  return (
    <>
      <section role="alert" className="flex flex-col items-start gap-2 border-line border-t pt-10">
        <h2 className="font-semibold text-lg tracking-tight">{strings.documents.errorTitle}</h2>
        <p className="mb-2 max-w-[52ch] text-ink-soft">{cause}</p>
        <Button onClick={onRetry}>{strings.documents.retry}</Button>
      </section>
      <KnownDocuments />
    </>
  );
}
