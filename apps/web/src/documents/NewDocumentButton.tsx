import { Plus } from "lucide-react";
import { Button } from "../ui/Button";
import { strings } from "../ui/strings";
import { useCreateDocument } from "./useCreateDocument";

/** The primary action, with its failure told beside it. */
export function NewDocumentButton() {
  const { mutate, isPending, error } = useCreateDocument();
  return (
    <div className="flex flex-col items-start gap-2">
      <Button look="primary" onClick={() => mutate()} disabled={isPending}>
        <Plus aria-hidden size={16} strokeWidth={2} />
        {strings.documents.create}
      </Button>
      {error && (
        <p role="alert" className="text-ink-soft text-sm">
          {strings.documents.createError} {error.message}
        </p>
      )}
    </div>
  );
}
