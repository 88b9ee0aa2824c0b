import { expect, test } from "vitest";
import { SetAsideCopies, type SetAsideCopy, type SetAsideStore } from "./set-aside-copies";

function memoryStore(): SetAsideStore & { readonly kept: Map<string, SetAsideCopy> } {
  const kept = new Map<string, SetAsideCopy>();
  return {
    kept,
    list: async (documentId) => [...kept.values()].filter((copy) => copy.documentId === documentId),
    put: async (copy) => {
      kept.set(copy.id, copy);
    },
    remove: async (id) => {
      kept.delete(id);
    },
  };
}

const refusing: SetAsideStore = {
  list: () => Promise.reject(new Error("no database")),
  put: () => Promise.reject(new Error("no database")),
  remove: () => Promise.reject(new Error("no database")),
};

const copy: SetAsideCopy = {
  id: "first",
  documentId: "doc",
  title: "Notes",
  text: "what this device had",
  setAsideAtMs: 1,
  offered: false,
};

test("offers a copy once it is known to differ from the restored document", async () => {
  const copies = new SetAsideCopies("doc", memoryStore());
  const seen: number[] = [];
  copies.onChange(() => seen.push(copies.offered().length));
  await copies.add(copy);
  expect(copies.offered()).toEqual([]);
  await copies.compareWith("what the server has");
  expect(copies.offered()).toEqual([{ ...copy, offered: true }]);
  expect(seen.at(-1)).toBe(1);
});

test("lets go of a copy that is the same as the restored document", async () => {
  const store = memoryStore();
  const copies = new SetAsideCopies("doc", store);
  await copies.add(copy);
  await copies.compareWith(copy.text);
  expect([copies.offered(), store.kept.size]).toEqual([[], 0]);
});

test("goes on offering at the next visit, even if the texts have become the same since", async () => {
  const store = memoryStore();
  const first = new SetAsideCopies("doc", store);
  await first.add(copy);
  await first.compareWith("");
  await new SetAsideCopies("other", store).compareWith("");
  const next = new SetAsideCopies("doc", store);
  await next.load();
  expect(next.offered()).toHaveLength(1);
  await next.compareWith(copy.text);
  expect(next.offered()).toHaveLength(1);
  await next.remove(copy.id);
  expect(next.offered()).toEqual([]);
  expect(store.kept.size).toBe(0);
});

test("compares at the next visit what the last had no time to", async () => {
  const store = memoryStore();
  await new SetAsideCopies("doc", store).add(copy);
  const next = new SetAsideCopies("doc", store);
  await next.compareWith("something else");
  expect(next.offered()).toHaveLength(1);
});

test("keeps one copy when several tabs set the same aside, the last of them", async () => {
  const store = memoryStore();
  await new SetAsideCopies("doc", store).add(copy);
  await new SetAsideCopies("doc", store).add({ ...copy, text: "with the other tab's words" });
  expect([...store.kept.values()].map(({ text }) => text)).toEqual(["with the other tab's words"]);
});

test("offers for as long as the page lives what the browser does not keep, and says so", async () => {
  const copies = new SetAsideCopies("doc", refusing);
  await copies.add(copy);
  await copies.compareWith("");
  expect([copies.offered().length, copies.wouldBeLost]).toEqual([1, true]);
  await copies.remove(copy.id);
  expect([copies.offered().length, copies.wouldBeLost]).toEqual([0, false]);
});
