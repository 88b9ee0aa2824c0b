import type { QueryClient } from "@tanstack/react-query";
import type { DocumentSummary } from "../api/document-summary";
import { tagDocument } from "../api/tag-document";
import { documentsKey, showChanged, showInLists } from "../documents/documents-cache";
import type { DoneNotice } from "../documents/useRowActions";
import { strings } from "../ui/strings";
import { tagsKey } from "./useTags";

/** Gives a document all its tags; they show at once. What is told offers to undo it, or says why it was not done. */
export async function tagAndTell(
  cache: QueryClient,
  document: DocumentSummary,
  tags: readonly string[],
  tell: (notice: DoneNotice) => void,
): Promise<void> {
  // An answer that is on its way does not know of it.
  await cache.cancelQueries({ queryKey: documentsKey.all });
  showInLists(cache, { ...document, tags: [...tags] });
  try {
    const tagged = await tagDocument(document.id, tags);
    showChanged(cache, tagged);
    tell({
      text: strings.tags.changed(document.title || strings.untitled),
      undo: () => void tagAndTell(cache, tagged, document.tags ?? [], tell),
    });
  } catch (error) {
    showChanged(cache, document);
    tell({ text: strings.documents.notDone(error instanceof Error ? error.message : String(error)) });
  }
  void cache.invalidateQueries({ queryKey: tagsKey });
}
