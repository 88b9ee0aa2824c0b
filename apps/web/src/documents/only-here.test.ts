import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { UnsavedEditsMemory } from "../collaboration/unsaved-edits";
import { openDeviceStore } from "../ui/device-store";
import { beginDraft, begunAs, settleDraft } from "./drafts";
import { rememberDocument } from "./known-documents";
import { listOnlyHere } from "./only-here";

test("lists exactly the documents with edits that the server lacks, and what was only begun", () => {
  const store = openDeviceStore(() => memoryStorage());
  for (const [id, title] of [
    ["a", "All saved"],
    ["b", "Minutes"],
  ] as const) {
    rememberDocument(store, { id, title, openedAtMs: 1 });
  }
  beginDraft(store, "c", 2);
  new UnsavedEditsMemory(store, "b", "one tab").keep(3);
  new UnsavedEditsMemory(store, "b", "another").keep(10);
  new UnsavedEditsMemory(store, "a", "one tab").keep(0);
  expect(listOnlyHere(store)).toEqual([
    { id: "b", title: "Minutes", edits: 13 },
    { id: "c", title: "", edits: 0 },
  ]);
});

test("lists what was begun here under the id that the server gave it, until its edits are there", () => {
  const store = openDeviceStore(() => memoryStorage());
  beginDraft(store, "here", 2);
  new UnsavedEditsMemory(store, "here", "tab").keep(5);
  settleDraft(store, "here", "there");
  expect(listOnlyHere(store)).toEqual([{ id: "there", title: "", edits: 5 }]);
  const next = new UnsavedEditsMemory(store, begunAs(store, "there"), "next");
  next.takeOver();
  next.keep(0);
  expect(listOnlyHere(store)).toEqual([]);
});
