import type { DeviceStore } from "../ui/device-store";
import { findKnownDocument, forgetDocument, rememberDocument } from "./known-documents";

/*
 * A document that was begun without the server. It has an id of this device's, under which the text is kept here. The
 * server gives it another one, since only the server makes documents there; the copy on this device stays where it is,
 * and is that of the other one from then on.
 */
const draftPrefix = "draft.";
/** By the id of a draft, which id the server gave it. */
const movedPrefix = "moved.";
/** By the id that the server gave it, the id of the draft. */
const begunPrefix = "begun.";

/** Begins a document on this device. @param id one that no other document has */
export function beginDraft(store: DeviceStore, id: string, nowMs: number): void {
  store.set(`${draftPrefix}${id}`, "1");
  rememberDocument(store, { id, title: "", openedAtMs: nowMs });
}

/** Whether the server does not know of this document yet. */
export function isDraft(store: DeviceStore, id: string): boolean {
  return store.get(`${draftPrefix}${id}`) !== undefined;
}

/** The ids of all drafts. */
export function listDrafts(store: DeviceStore): readonly string[] {
  return store.keys(draftPrefix).map((key) => key.slice(draftPrefix.length));
}

/** The server has made a document of a draft. Everything that asks for the one finds the other from now on. */
export function settleDraft(store: DeviceStore, id: string, serverId: string): void {
  const known = findKnownDocument(store, id);
  store.set(`${begunPrefix}${serverId}`, id);
  store.set(`${movedPrefix}${id}`, serverId);
  if (known !== undefined) rememberDocument(store, { ...known, id: serverId });
  store.remove(`${draftPrefix}${id}`);
  forgetDocument(store, id);
}

/** Under which id the server has a document that was begun here as `id`; undefined if it was not. */
export function movedTo(store: DeviceStore, id: string): string | undefined {
  return store.get(`${movedPrefix}${id}`);
}

/** As what a document was begun on this device: under this id its text is kept, and edits were counted. */
export function begunAs(store: DeviceStore, id: string): string {
  return store.get(`${begunPrefix}${id}`) ?? id;
}
