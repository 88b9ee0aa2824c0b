import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { documentKey } from "../api/document-key";
import { getDocument } from "../api/get-document";
import type { DoneNotice } from "../documents/useRowActions";
import { Button } from "../ui/Button";
import { SheetDialog } from "../ui/SheetDialog";
import { strings } from "../ui/strings";
import { TagsField } from "./TagsField";
import { tagAndTell } from "./tag-and-tell";

export interface TagsDialogProps {
  readonly documentId: string;
  readonly title: string;
  /** Told what came of it, when the dialog is closed already. */
  readonly onDone: (notice: DoneNotice) => void;
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** Changes the tags of a document, for everybody; whichever way it is closed. Loaded when it is first asked for. */
export default function TagsDialog({ documentId, title, onDone, onClose, focusAfter }: TagsDialogProps) {
  const cache = useQueryClient();
  const { data: document, error } = useQuery({
    queryKey: documentKey(documentId),
    queryFn: ({ signal }) => getDocument(documentId, signal),
  });
  const [changed, setChanged] = useState<readonly string[]>();
  const saved = document?.tags ?? [];
  const finish = (tags = changed) => {
    onClose();
    if (document === undefined || tags === undefined || isSame(tags, saved)) return;
    void tagAndTell(cache, document, tags, onDone);
  };
  return (
    <SheetDialog
      title={strings.tags.of(title)}
      description={strings.tags.description}
      onClose={() => finish()}
      focusAfter={focusAfter}
      footer={<Button onClick={() => finish()}>{strings.tags.done}</Button>}
    >
      {document !== undefined && <TagsField tags={changed ?? saved} onChange={setChanged} onDone={finish} />}
      {document === undefined && error !== null && (
        <p role="alert" className="text-sm">
          {error.message}
        </p>
      )}
    </SheetDialog>
  );
}

function isSame(tags: readonly string[], others: readonly string[]): boolean {
  return tags.length === others.length && tags.every((tag, index) => tag === others[index]);
}
