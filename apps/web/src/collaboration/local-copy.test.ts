// @vitest-environment jsdom
import { IDBFactory, IDBKeyRange, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { endOf, openDatabase, resultOf } from "./database";
import { LocalCopy } from "./local-copy";

const name = "scriptorium.test";
let paint: (() => void) | undefined;
const open: LocalCopy[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("IDBKeyRange", IDBKeyRange);
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => {
    paint = frame;
    return 1;
  });
  vi.stubGlobal("cancelAnimationFrame", () => {
    paint = undefined;
  });
});

afterEach(() => {
  for (const copy of open.splice(0)) copy.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function openCopy(onGone = () => undefined) {
  const doc = new Y.Doc();
  const copy = await LocalCopy.open(name, doc, onGone);
  if (copy === undefined) throw new Error("the document was destroyed");
  open.push(copy);
  return { doc, copy, text: doc.getText("content") };
}

/** What another page reads in the database, when all that was begun before is done. */
async function kept() {
  const database = await openDatabase(name, () => undefined);
  const reading = database.transaction(["updates", "custom"], "readonly");
  const [updates, point, complete] = await Promise.all([
    resultOf(reading.objectStore("updates").getAll()),
    resultOf(reading.objectStore("custom").get("resumePoint")),
    resultOf(reading.objectStore("custom").get("complete")),
  ]);
  database.close();
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return { entries: updates.length, text: doc.getText("content").toString(), point, complete };
}

async function change(act: (updates: IDBObjectStore) => void): Promise<void> {
  const database = await openDatabase(name, () => undefined);
  const writing = database.transaction("updates", "readwrite");
  act(writing.objectStore("updates"));
  await endOf(writing);
  database.close();
}

function painted(): void {
  paint?.();
  vi.advanceTimersByTime(1);
}

test("a copy gives back what was written, also with what follows", async () => {
  const first = await openCopy();
  first.text.insert(0, "one ");
  painted();
  first.text.insert(4, "two ");
  first.copy.close();
  const second = await openCopy();
  expect(second.text.toString()).toBe("one two ");
  second.text.insert(8, "three");
  second.copy.close();
  expect((await kept()).text).toBe("one two three");
});

test("edits are written together when they are painted, and not before", async () => {
  const { text } = await openCopy();
  for (const letter of "letters") text.insert(text.length, letter);
  expect(await kept()).toMatchObject({ entries: 0 });
  painted();
  expect(await kept()).toMatchObject({ entries: 1, text: "letters" });
  painted();
  vi.advanceTimersByTime(1000);
  expect(await kept()).toMatchObject({ entries: 1 });
});

test("a page that is not painted writes after a moment, and one that is left at once", async () => {
  const { text } = await openCopy();
  text.insert(0, "behind");
  vi.advanceTimersByTime(99);
  expect(await kept()).toMatchObject({ entries: 0 });
  vi.advanceTimersByTime(1);
  expect(await kept()).toMatchObject({ text: "behind" });
  text.insert(6, " the last");
  window.dispatchEvent(new Event("pagehide"));
  expect(await kept()).toMatchObject({ text: "behind the last" });
});

test("what is in the document before its copy is loaded is kept, too", async () => {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, "early");
  const copy = await LocalCopy.open(name, doc, () => undefined);
  painted();
  expect(await kept()).toMatchObject({ text: "early" });
  copy?.close();
});

test("a resume point never lies there without the edits that it covers", async () => {
  const { copy, text } = await openCopy();
  text.insert(0, "covered");
  copy.keepResumePoint({ epoch: "e", revision: undefined });
  expect(await kept()).toMatchObject({ text: "covered", point: { epoch: "e", revision: undefined } });
  vi.advanceTimersByTime(1950);
  copy.keepResumePoint({ epoch: "e", revision: 7n });
  vi.advanceTimersByTime(1999);
  text.insert(7, " too");
  copy.keepResumePoint({ epoch: "e", revision: 8n });
  expect(await kept()).toMatchObject({ text: "covered", point: { revision: undefined } });
  vi.advanceTimersByTime(1);
  expect(await kept()).toMatchObject({ text: "covered too", point: { epoch: "e", revision: 8n } });
  const next = await openCopy();
  expect(next.copy.resumePoint).toEqual({ epoch: "e", revision: 8n });
});

test("a copy is complete once it was, with all that was there by then", async () => {
  const { copy, text } = await openCopy();
  expect(copy.wasComplete).toBe(false);
  text.insert(0, "all");
  copy.markComplete();
  expect(await kept()).toMatchObject({ text: "all", complete: 1 });
  expect((await openCopy()).copy.wasComplete).toBe(true);
});

test("other tabs' edits are taken over, and are not written again", async () => {
  const [one, other] = [await openCopy(), await openCopy()];
  one.text.insert(0, "one ");
  painted();
  other.text.insert(0, "other ");
  painted();
  await one.copy.fetchOthersEdits();
  await other.copy.fetchOthersEdits();
  expect(one.text.toString()).toContain("other ");
  expect(one.text.toString()).toBe(other.text.toString());
  painted();
  expect(await kept()).toMatchObject({ entries: 2 });
});

test("many entries become one when the reader rests, and none of another tab is lost", async () => {
  const { text } = await openCopy();
  const other = await openCopy();
  for (let entry = 0; entry < 499; entry++) {
    text.insert(text.length, "x");
    painted();
  }
  other.text.insert(0, "other ");
  painted();
  vi.advanceTimersByTime(60_000);
  expect(await kept()).toMatchObject({ entries: 500 });
  text.insert(0, "last ");
  painted();
  vi.advanceTimersByTime(1990);
  expect(await kept()).toMatchObject({ entries: 501 });
  vi.advanceTimersByTime(10);
  const { entries, text: whole } = await kept();
  expect(entries).toBe(1);
  expect(whole).toContain("other ");
  expect(whole).toContain(`last ${"x".repeat(499)}`);
  text.insert(0, "again ");
  painted();
  expect((await kept()).entries).toBe(2);
});

test("what cannot be read costs no more than itself: the server is asked for everything", async () => {
  const first = await openCopy();
  first.text.insert(0, "before");
  first.copy.markComplete();
  first.copy.keepResumePoint({ epoch: "e", revision: 7n });
  vi.advanceTimersByTime(2000);
  await kept();
  await change((updates) => updates.add(new Uint8Array([9, 9, 9])));
  first.text.insert(6, " and behind");
  first.copy.close();
  const { copy, text } = await openCopy();
  expect(text.toString()).toBe("before and behind");
  expect(copy.wasComplete).toBe(false);
  expect(copy.resumePoint).toEqual({ epoch: "e", revision: undefined });
});

test("once an edit could not be written, there is no revision to go on from until the whole document could be", async () => {
  const { copy, text } = await openCopy();
  text.insert(0, "kept");
  copy.keepResumePoint({ epoch: "e", revision: 7n });
  vi.advanceTimersByTime(2000);
  expect(await kept()).toMatchObject({ point: { revision: 7n } });
  const { add } = IDBObjectStore.prototype;
  let isFull = true;
  // With a key that is taken.
  vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (
    this: IDBObjectStore,
    update: unknown,
  ) {
    return isFull ? add.call(this, update, 1) : add.call(this, update);
  });
  text.insert(4, " not");
  painted();
  await vi.waitFor(async () => {
    expect(await kept()).toMatchObject({ text: "kept", point: { epoch: "e", revision: undefined } });
  });
  copy.keepResumePoint({ epoch: "e", revision: 9n });
  vi.advanceTimersByTime(2000);
  expect(await kept()).toMatchObject({ text: "kept", point: { revision: undefined } });

  isFull = false;
  text.insert(8, " yet");
  painted();
  vi.advanceTimersByTime(2000);
  await vi.waitFor(async () => {
    expect(await kept()).toMatchObject({ entries: 1, text: "kept not yet" });
  });
  copy.keepResumePoint({ epoch: "e", revision: 10n });
  vi.advanceTimersByTime(2000);
  expect(await kept()).toMatchObject({ point: { epoch: "e", revision: 10n } });
});

test("a copy that is deleted tells so, and edits go on", async () => {
  const onGone = vi.fn();
  const { copy, doc, text } = await openCopy(onGone);
  text.insert(0, "gone");
  await resultOf(indexedDB.deleteDatabase(name));
  expect(onGone).toHaveBeenCalledOnce();
  text.insert(0, "still ");
  copy.markComplete();
  copy.keepResumePoint({ epoch: "e", revision: undefined });
  painted();
  await copy.fetchOthersEdits();
  copy.close();
  expect(doc.getText("content").toString()).toBe("still gone");
  expect(onGone).toHaveBeenCalledOnce();
});

test("a document that ended meanwhile has no copy", async () => {
  const doc = new Y.Doc();
  const opening = LocalCopy.open(name, doc, () => undefined);
  doc.destroy();
  expect(await opening).toBeUndefined();
});
