import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { createDocument } from "../api/create-document";
import { deleteDocument } from "../api/delete-document";
import { documentKey } from "../api/document-key";
import type { DocumentSummary } from "../api/document-summary";
import { getDocument } from "../api/get-document";
import { getText } from "../api/get-text";
import { renameDocument } from "../api/rename-document";
import { restoreDocument } from "../api/restore-document";
import { underBase } from "../base-path";
import { copyText } from "../ui/copy-text";
import { strings } from "../ui/strings";
import { copyTitle } from "./copy-title";
import { documentsKey, showChanged } from "./documents-cache";
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
  /** Makes another document of the same text. */
  readonly duplicate: (row: Row) => void;
  /** Asks for other tags of it. */
  readonly editTags: (row: Row) => void;
  /** Shows the documents that have a tag, and no others. */
  readonly filterBy: (tag: string) => void;
  /** Says that code which is loaded when it is needed cannot be had. */
  readonly loadFailed: () => void;
}

/** What the page around the rows does. */
type PageActions = Pick<RowActions, "editTags" | "filterBy">;

export function useRowActions({ editTags, filterBy }: PageActions): {
  readonly actions: RowActions;
  readonly notice: DoneNotice | undefined;
  readonly tell: (notice: DoneNotice) => void;
  readonly dismiss: () => void;
} {
  const cache = useQueryClient();
  const [notice, setNotice] = useState<DoneNotice>();
  const tell = useCallback((text: string) => setNotice({ text }), []);
  const dismiss = useCallback(() => setNotice(undefined), []);

  const actions = useMemo(() => {
    const fail = (error: unknown) =>
      tell(strings.documents.notDone(error instanceof Error ? error.message : String(error)));
    const change = async (request: Promise<DocumentSummary>, done: DoneNotice) => {
      try {
        showChanged(cache, await request);
        setNotice(done);
      } catch (error) {
        fail(error);
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
    const duplicate = async ({ id }: Row) => {
      try {
        const { title, language, tags } = await cache.fetchQuery({
          queryKey: documentKey(id),
          queryFn: ({ signal }) => getDocument(id, signal),
        });
        const text = await getText(id);
        const copy = await createDocument({
          title: copyTitle(title),
          language: language ?? undefined,
          text,
          tags: tags ?? [],
        });
        void cache.invalidateQueries({ queryKey: documentsKey.all });
        setNotice({
          text: strings.documents.duplicated(copy.title),
          undo: () => trash({ id: copy.id, title: copy.title, editors: 0 }),
        });
      } catch (error) {
        fail(error);
      }
    };
    const copyLink = async ({ id }: Row) => {
      const copied = await copyText(new URL(underBase(`/d/${id}`), window.location.href).href);
      tell(copied ? strings.editor.linkCopied : strings.documents.linkNotCopied);
    };
    const loadFailed = () => tell(strings.notLoaded.brief);
    return {
      editTags,
      filterBy,
      loadFailed,
      duplicate: (row: Row) => void duplicate(row),
      trash,
      restore,
      rename,
      copyLink: (row: Row) => void copyLink(row),
    };
  }, [cache, tell, editTags, filterBy]);
  return { actions, notice, tell: setNotice, dismiss };
}
