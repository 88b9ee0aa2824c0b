import { Plus } from "lucide-react";
import { Button } from "../ui/Button";
import { strings } from "../ui/strings";
import { TemplateButton } from "./TemplateButton";
import { useCreateDocument } from "./useCreateDocument";

interface NewDocumentButtonProps {
  /** The menu of templates cannot be had. */
  readonly onMenuFailure: () => void;
}

/** The primary action, with what a document can begin with, and its failure told beside it. */
export function NewDocumentButton({ onMenuFailure }: NewDocumentButtonProps) {
  const { run, isPending, error } = useCreateDocument();
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex">
        <Button look="primary" className="rounded-r-none" onClick={() => run(undefined)} disabled={isPending}>
          <Plus aria-hidden size={16} strokeWidth={2} />
          {strings.documents.create}
        </Button>
        <TemplateButton
          onChoose={({ title, text }) => run({ title, language: "Markdown", text })}
          onFailure={onMenuFailure}
        />
      </div>
      {error && (
        <p role="alert" className="text-ink-soft text-sm">
          {strings.documents.createError} {error.message}
        </p>
      )}
    </div>
  );
}
