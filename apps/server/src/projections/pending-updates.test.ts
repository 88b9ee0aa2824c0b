import { expect, test } from "vitest";
import { PendingUpdatesByDocument } from "./pending-updates";

test("knows whose first pending update is the oldest", () => {
  const pending = new PendingUpdatesByDocument();
  expect(pending.oldest()).toBeUndefined();
  pending.begin("a", 0).updates.push({ position: 3, update: Uint8Array.of(1) });
  pending.begin("b", 0).updates.push({ position: 4, update: Uint8Array.of(1) });
  pending.get("a")?.updates.push({ position: 5, update: Uint8Array.of(1) });
  expect(pending.oldest()).toEqual({ documentId: "a", position: 3 });
  pending.delete("a");
  expect(pending.oldest()).toEqual({ documentId: "b", position: 4 });
  pending.begin("a", 100).updates.push({ position: 6, update: Uint8Array.of(1) });
  expect([pending.oldest(), pending.documentIds()]).toEqual([{ documentId: "b", position: 4 }, ["b", "a"]]);
});
