import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { findKnownDocument, listKnownDocuments, rememberDocument } from "./known-documents";

test("lists what was opened here, last opened first", () => {
  const store = openDeviceStore(() => memoryStorage());
  rememberDocument(store, { id: "A", title: "First", openedAtMs: 1 });
  rememberDocument(store, { id: "B", title: "", openedAtMs: 2 });
  rememberDocument(store, { id: "A", title: "First, renamed", openedAtMs: 3 });
  expect(listKnownDocuments(store)).toEqual([
    { id: "A", title: "First, renamed", openedAtMs: 3 },
    { id: "B", title: "", openedAtMs: 2 },
  ]);
});

test("passes over entries that it cannot read", () => {
  const store = openDeviceStore(() => memoryStorage());
  store.set("document.A", "{");
  store.set("document.B", '{"title":7}');
  expect(listKnownDocuments(store)).toEqual([]);
  expect(findKnownDocument(store, "A")).toBeUndefined();
});
