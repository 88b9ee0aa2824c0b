import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { deleteDocument } from "../api/delete-document";
import type { DocumentSummary } from "../api/document-summary";
import { renameDocument } from "../api/rename-document";
import { restoreDocument } from "../api/restore-document";
import { copyText } from "../ui/copy-text";
import { strings } from "../ui/strings";
import { showChanged } from "./documents-cache";
import type { Row } from "./row";

/** What was done, for a moment, and how to undo it. */
export interface DoneNotice {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

/** What can be done to the document of a row. What fails is told as a notice. */
export interface RowActions {
  readonly trash: (row: Row) => void;
  readonly restore: (row: Row) => void;
  readonly rename: (row: Row, title: string) => void;
  readonly copyLink: (row: Row) => void;
  /** The code of a row's menu cannot be had. */
  readonly menuFailed: () => void;
}

export function useRowActions(): {
  readonly actions: RowActions;
  readonly notice: DoneNotice | undefined;
  readonly tell: (text: string) => void;
  readonly dismiss: () => void;
} {
  const cache = useQueryClient();
  const [notice, setNotice] = useState<DoneNotice>();
  const tell = useCallback((text: string) => setNotice({ text }), []);
  const dismiss = useCallback(() => setNotice(undefined), []);

  const actions = useMemo(() => {
    const change = async (request: Promise<DocumentSummary>, done: DoneNotice) => {
      try {
        showChanged(cache, await request);
        setNotice(done);
      } catch (error) {
        setNotice({ text: strings.documents.notDone(error instanceof Error ? error.message : "") });
      }
    };
    const trash = (row: Row): void =>
      void change(deleteDocument(row.id), {
        text: strings.documents.trashed(row.title || strings.untitled),
        undo: () => restore(row),
      });
    const restore = (row: Row): void =>
      void change(restoreDocument(row.id), {
        text: strings.documents.restored(row.title || strings.untitled),
        undo: () => trash(row),
      });
    const rename = (row: Row, title: string): void =>
      void change(renameDocument(row.id, title), {
        text: strings.documents.renamed(title || strings.untitled),
        undo: () => rename({ ...row, title }, row.title),
      });
    const copyLink = async ({ id }: Row) => {
      const copied = await copyText(new URL(`/d/${id}`, window.location.href).href);
      tell(copied ? strings.editor.linkCopied : strings.documents.linkNotCopied);
    };
    const menuFailed = () => tell(strings.dialog.notLoaded);
    return { menuFailed, trash, restore, rename, copyLink: (row: Row) => void copyLink(row) };
  }, [cache, tell]);
  return { actions, notice, tell, dismiss };
}
