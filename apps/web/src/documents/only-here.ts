import { listUnsavedEdits } from "../collaboration/unsaved-edits";
import type { DeviceStore } from "../ui/device-store";
import { isDraft, listDrafts, movedTo } from "./drafts";
import { findKnownDocument } from "./known-documents";

/** A document of which the server lacks something. */
export interface OnlyHere {
  readonly id: string;
  readonly title: string;
  /** 0 for a document that is only begun. */
  readonly edits: number;
}

/** The documents with the most edits first. */
export function listOnlyHere(store: DeviceStore): readonly OnlyHere[] {
  const edits = new Map(listDrafts(store).map((id) => [id, 0]));
  for (const [id, count] of listUnsavedEdits(store)) {
    const document = isDraft(store, id) ? id : (movedTo(store, id) ?? id);
    edits.set(document, (edits.get(document) ?? 0) + count);
  }
  return [...edits]
    .map(([id, count]) => ({ id, title: findKnownDocument(store, id)?.title ?? "", edits: count }))
    .sort((a, b) => b.edits - a.edits || a.id.localeCompare(b.id));
}
