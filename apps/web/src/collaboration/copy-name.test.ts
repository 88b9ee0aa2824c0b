import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { copyName, startNewCopy } from "./copy-name";

test("names a copy after its document, and anew once that was restored", () => {
  const store = openDeviceStore(() => memoryStorage());
  const before = copyName(store, "doc");
  expect(before).toBe("scriptorium.doc");
  startNewCopy(store, "doc", before, "second");
  expect(copyName(store, "doc")).toBe("scriptorium.doc.second");
  expect(copyName(store, "other")).toBe("scriptorium.other");
});

test("gives all tabs the same new copy, whichever hears of the restore first", () => {
  const store = openDeviceStore(() => memoryStorage());
  const before = copyName(store, "doc");
  startNewCopy(store, "doc", before, "by one tab");
  startNewCopy(store, "doc", before, "by another");
  expect(copyName(store, "doc")).toBe("scriptorium.doc.by one tab");
});
