import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { copyName } from "../collaboration/copy-name";
import { UnsavedEditsMemory } from "../collaboration/unsaved-edits";
import { openDeviceStore } from "../ui/device-store";
import { beginDraft, begunAs, isDraft, listDrafts, movedTo, settleDraft } from "./drafts";
import { findKnownDocument, listKnownDocuments, rememberDocument } from "./known-documents";

function storeWithDraft() {
  const store = openDeviceStore(() => memoryStorage());
  beginDraft(store, "here", 7);
  return store;
}

test("are known on this device, and as drafts, until the server has made documents of them", () => {
  const store = storeWithDraft();
  expect([isDraft(store, "here"), listDrafts(store)]).toEqual([true, ["here"]]);
  expect(findKnownDocument(store, "here")?.title).toBe("");
  rememberDocument(store, { id: "here", title: "Minutes", openedAtMs: 8 });
  settleDraft(store, "here", "there");
  expect([isDraft(store, "here"), listDrafts(store)]).toEqual([false, []]);
  expect(listKnownDocuments(store)).toMatchObject([{ id: "there", title: "Minutes" }]);
});

test("lead to what the server made of them", () => {
  const store = storeWithDraft();
  expect(movedTo(store, "here")).toBeUndefined();
  settleDraft(store, "here", "there");
  expect([movedTo(store, "here"), begunAs(store, "there"), begunAs(store, "other")]).toEqual([
    "there",
    "here",
    "other",
  ]);
});

test("hand their text and the number of their edits on to it", () => {
  const store = storeWithDraft();
  const kept = copyName(store, "here");
  new UnsavedEditsMemory(store, "here", "tab").keep(5);
  settleDraft(store, "here", "there");
  expect(copyName(store, "there")).toBe(kept);
  expect(new UnsavedEditsMemory(store, begunAs(store, "there"), "next").takeOver()).toBe(5);
});
