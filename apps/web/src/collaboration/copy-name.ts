import { begunAs } from "../documents/drafts";
import type { DeviceStore } from "../ui/device-store";

const prefix = "copy.";

/**
 * The name of the database that holds this device's copy of a document. It changes when the document was restored to
 * an earlier moment: the copy from before must not be mixed with what comes after, not even by a tab that has not heard
 * of it and goes on writing.
 */
export function copyName(store: DeviceStore, documentId: string): string {
  const generation = store.get(`${prefix}${documentId}`);
  if (generation === undefined) return `scriptorium.${begunAs(store, documentId)}`;
  return `scriptorium.${documentId}.${generation}`;
}

/** Makes the next visit start with an empty copy, unless another tab has seen to that since `from` was the name. */
export function startNewCopy(store: DeviceStore, documentId: string, from: string, generation: string): void {
  if (copyName(store, documentId) === from) store.set(`${prefix}${documentId}`, generation);
}
