import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { listUnsavedEdits, UnsavedEditsMemory } from "./unsaved-edits";

test("hands the edits of an earlier visit to the next", () => {
  const store = openDeviceStore(() => memoryStorage());
  new UnsavedEditsMemory(store, "doc", "tab1").keep(3);
  expect(new UnsavedEditsMemory(store, "doc", "tab2").takeOver()).toBe(3);
  expect(new UnsavedEditsMemory(store, "doc", "tab3").takeOver()).toBe(3);
});

test("adds up what several tabs left, and forgets what was saved", () => {
  const store = openDeviceStore(() => memoryStorage());
  new UnsavedEditsMemory(store, "doc", "tab1").keep(3);
  new UnsavedEditsMemory(store, "doc", "tab2").keep(2);
  new UnsavedEditsMemory(store, "other", "tab3").keep(9);
  const next = new UnsavedEditsMemory(store, "doc", "tab4");
  expect(next.takeOver()).toBe(5);
  next.keep(0);
  expect(new UnsavedEditsMemory(store, "doc", "tab5").takeOver()).toBe(0);
});

test("reads damage as nothing", () => {
  const store = openDeviceStore(() => memoryStorage());
  store.set("unsaved.doc.tab1", "many");
  expect(new UnsavedEditsMemory(store, "doc", "tab2").takeOver()).toBe(0);
});

test("forgets all edits of a document that starts afresh", () => {
  const store = openDeviceStore(() => memoryStorage());
  new UnsavedEditsMemory(store, "doc", "tab1").keep(3);
  new UnsavedEditsMemory(store, "other", "tab1").keep(2);
  new UnsavedEditsMemory(store, "doc", "tab2").forgetAll();
  expect(new UnsavedEditsMemory(store, "doc", "tab3").takeOver()).toBe(0);
  expect(new UnsavedEditsMemory(store, "other", "tab3").takeOver()).toBe(2);
});

test("tells what another tab has noted, and which documents wait at all", () => {
  const store = openDeviceStore(() => memoryStorage());
  const [one, other] = ["1", "2"].map((tab) => new UnsavedEditsMemory(store, "doc", tab));
  one?.keep(3);
  expect([one?.elsewhere(), other?.elsewhere()]).toEqual([0, 3]);
  other?.keep(4);
  new UnsavedEditsMemory(store, "saved", "1").keep(0);
  expect([one?.elsewhere(), [...listUnsavedEdits(store)]]).toEqual([4, [["doc", 7]]]);
});
