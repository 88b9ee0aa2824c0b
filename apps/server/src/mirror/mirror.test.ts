import { appendFileSync } from "node:fs";
import { appendFile, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DocumentId, UlidGenerator } from "@scriptorium/ids";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import { prepareEdit } from "../projections/prepare-edit";
import type { CatalogueEntry } from "../projections/projection-reader";
import { EditRefusedError, type TextSet } from "../sync/server-edits";
import { docOf } from "../testing/edits";
import { temporaryDirectory } from "../testing/temporary-directory";
import { AsOfError } from "../texts/read-as-of";
import { Mirror } from "./mirror";
import type { FileBase, MirroredDocuments } from "./mirrored-documents";

const ids = new UlidGenerator<DocumentId>();

interface Written {
  readonly author: string;
  readonly update: Uint8Array;
}

/** Documents in memory; revisions are counted from 1. A test says what fails. */
class Shelf implements MirroredDocuments {
  readonly records = new Map<string, Written[]>();
  readonly entries = new Map<string, CatalogueEntry>();
  /** Called with what is done, before it is done and then. */
  interrupt: (what: "before" | "after", act: "set" | "create") => void = () => {};
  /** Revisions up to here are not kept. */
  horizon = 0;
  /** Whether documents can be found. */
  isHere = true;

  #updates(id: string, through = Number.POSITIVE_INFINITY): Uint8Array[] {
    return (this.records.get(id) ?? []).slice(0, through).map(({ update }) => update);
  }

  add(title: string, text: string): DocumentId {
    const id = ids.next();
    const common = { language: null, tags: [], deletedMs: null, damagedBecause: null, epoch: id };
    this.entries.set(id, { id, title, ...common, createdMs: 0, updatedMs: 0, edits: 0 });
    this.write(id, (content) => content.insert(0, text));
    return id;
  }

  write(id: DocumentId, change: (content: Y.Text) => void): void {
    const doc = docOf(this.#updates(id));
    const before = Y.encodeStateVector(doc);
    change(doc.getText("content"));
    this.#append(id, "somebody", Y.encodeStateAsUpdate(doc, before));
  }

  #append(id: DocumentId, author: string, update: Uint8Array): void {
    this.records.set(id, [...(this.records.get(id) ?? []), { author, update }]);
    this.change(id, { edits: this.records.get(id)?.length ?? 0, updatedMs: Date.now() });
  }

  change(id: DocumentId, change: Partial<CatalogueEntry>): void {
    const entry = this.entries.get(id) ?? expect.fail("there is one");
    this.entries.set(id, { ...entry, ...change });
  }

  textOf(id: DocumentId): string {
    return docOf(this.#updates(id)).getText("content").toString();
  }

  get texts(): Record<string, string> {
    return Object.fromEntries(
      [...this.entries.values()].map(({ id, title }) => [title, this.textOf(id as DocumentId)]),
    );
  }

  isComplete(): boolean {
    return this.isHere;
  }

  find(id: DocumentId): CatalogueEntry | undefined {
    return this.isHere ? this.entries.get(id) : undefined;
  }

  *pages(): Generator<readonly CatalogueEntry[], void, undefined> {
    yield [...this.entries.values()].filter(({ deletedMs }) => deletedMs === null);
  }

  editedSince(timeMs: number): CatalogueEntry[] {
    return [...this.entries.values()].filter(({ updatedMs }) => updatedMs >= timeMs);
  }

  async text(id: DocumentId) {
    return { text: this.textOf(id), revision: String(this.records.get(id)?.length ?? 0) };
  }

  async setText(id: DocumentId, text: string, base: FileBase | undefined, author: string): Promise<TextSet> {
    this.interrupt("before", "set");
    if (this.entries.get(id)?.deletedMs !== null) throw new EditRefusedError("NOT_PRESENT", "in the trash");
    const records = this.records.get(id) ?? [];
    const revisionOfBase = Number(base?.revision ?? records.length);
    if (revisionOfBase < records.length && revisionOfBase <= this.horizon) {
      throw new AsOfError("GONE", "dropped");
    }
    const updates =
      base &&
      records
        .filter(({ author }, index) => index < revisionOfBase || base.also?.includes(author))
        .map(({ update }) => update);
    const { edit, isExact } = prepareEdit(docOf(this.#updates(id)), text, updates);
    if (edit !== undefined) this.#append(id, author, edit.update);
    this.interrupt("after", "set");
    const revision = BigInt(this.records.get(id)?.length ?? 0);
    return { revision, inserted: edit?.inserted ?? 0, deleted: edit?.deleted ?? 0, isExact };
  }

  async hasEdit(id: DocumentId, author: string, revision: bigint): Promise<boolean> {
    return (this.records.get(id) ?? []).slice(Number(revision)).some((record) => record.author === author);
  }

  async create({ title, text }: { title: string; text: string }): Promise<CatalogueEntry> {
    const id = this.add(title, text);
    this.interrupt("after", "create");
    return this.entries.get(id) ?? expect.fail("there is one");
  }

  mintAuthor(): string {
    return ids.next();
  }
}

interface World {
  readonly shelf: Shelf;
  readonly refused: string[];
  readonly failures: unknown[];
  readonly file: (name: string) => string;
  /** Ends the mirror and begins another, as a restart does. */
  restart(): Promise<void>;
  /** Resolves when nothing waits, and files and documents have been looked at. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

async function begin(shelf = new Shelf()): Promise<World> {
  const directory = await temporaryDirectory();
  const [path, journalFile] = [directory, `${directory}.jsonl`];
  onTestFinished(() => rm(journalFile, { force: true }));
  const refused: string[] = [];
  const failures: unknown[] = [];
  const uncounted = { inc() {} };
  const start = () => {
    const mirror = new Mirror({
      directory: path,
      journalFile,
      documents: shelf,
      fileBytesMax: 1000,
      ownBytesMax: 2000,
      metrics: {
        written: uncounted,
        taken: uncounted,
        refused: { inc: ({ reason }) => refused.push(reason) },
      },
      onFailure: (error) => failures.push(error),
      logger: pino({ level: "silent" }),
      timing: { quietMs: 10, waitMsMax: 50, emptiedMs: 30, sweepMs: 20, retryMs: 20 },
    });
    mirror.start();
    return mirror;
  };
  let mirror = start();
  onTestFinished(() => mirror.close());
  return {
    ...{ shelf, refused, failures },
    file: (name) => join(path, name),
    stop: () => mirror.close(),
    async restart() {
      await mirror.close();
      mirror = start();
    },
    async settled() {
      mirror.textsChanged();
      let quiet = 0;
      // Several sweeps without anything to do.
      const count = () => {
        quiet = mirror.waiting === 0 ? quiet + 1 : 0;
        return quiet;
      };
      await expect.poll(count, { timeout: 10_000, interval: 20 }).toBeGreaterThan(35);
    },
  };
}

const read = (path: string) => readFile(path, "utf8").catch(() => undefined);
const says = (path: string, text: string | undefined) =>
  expect.poll(() => read(path), { timeout: 10_000, interval: 10 }).toBe(text);

test.each(["before", "after"] as const)(
  "an edit of a file is taken once, where the server is killed %s it is in the log",
  async (moment) => {
    const { shelf, file, settled, stop, restart } = await begin();
    const id = shelf.add("a", "one\ntwo\n");
    await restart();
    await says(file("a.md"), "one\ntwo\n");
    let ended: Promise<void> | undefined;
    shelf.interrupt = (what, act) => {
      if (what !== moment || act !== "set" || ended !== undefined) return;
      ended = stop();
      throw new Error("killed");
    };
    await appendFile(file("a.md"), "three\n");
    await expect.poll(() => ended !== undefined, { timeout: 10_000 }).toBe(true);
    await ended;
    shelf.write(id, (content) => content.insert(0, "zero\n"));

    await restart();
    await says(file("a.md"), "zero\none\ntwo\nthree\n");
    await settled();
    expect(shelf.texts).toEqual({ a: "zero\none\ntwo\nthree\n" });
  },
);

test("what was written behind an edit that was cut short is merged with it, and nothing is doubled", async () => {
  const { shelf, file, settled, stop, restart } = await begin();
  shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  let ended: Promise<void> | undefined;
  shelf.interrupt = (what, act) => {
    if (what !== "after" || act !== "set" || ended !== undefined) return;
    ended = stop();
    throw new Error("killed");
  };
  await appendFile(file("a.md"), "two\n");
  await expect.poll(() => ended !== undefined, { timeout: 10_000 }).toBe(true);
  await ended;
  await appendFile(file("a.md"), "three\n");

  await restart();
  await settled();
  expect(shelf.texts).toEqual({ a: "one\ntwo\nthree\n" });
  expect(await read(file("a.md"))).toBe("one\ntwo\nthree\n");
});

test("whoever saves again before the file has what others have written loses nothing and doubles nothing", async () => {
  const { shelf, file, settled, restart } = await begin();
  const id = shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  let saves = 0;
  shelf.interrupt = (what, act) => {
    if (act !== "set" || saves >= 4) return;
    if (what === "before") shelf.write(id, (content) => content.insert(0, `${saves}`));
    else appendFileSync(file("a.md"), `save ${saves++}\n`);
  };
  await appendFile(file("a.md"), "two\n");
  await expect.poll(() => saves, { timeout: 10_000 }).toBe(4);
  await settled();
  const text = "3210one\ntwo\nsave 0\nsave 1\nsave 2\nsave 3\n";
  expect(shelf.texts).toEqual({ a: text });
  expect(await read(file("a.md"))).toBe(text);
});

test("a file that the server was killed before it could replace is not taken for an edit", async () => {
  const { shelf, file, settled, stop, restart } = await begin();
  const id = shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  shelf.write(id, (content) => content.insert(4, "two\n"));
  await settled();
  await stop();
  // As if it had been noted, and not renamed.
  const journal = `${join(file("a.md"), "..")}.jsonl`;
  const lines = (await readFile(journal, "utf8")).trimEnd().split("\n");
  const begun = lines.findLast((line) => line.includes('"before":{')) ?? expect.fail("it is noted first");
  await writeFile(journal, `${begun}\n{"name":"a.md","torn`);
  await writeFile(file("a.md"), "one\n");

  await restart();
  await says(file("a.md"), "one\ntwo\n");
  await settled();
  expect(shelf.texts).toEqual({ a: "one\ntwo\n" });
});

test("a rename that was cut short is ended, and leaves one file", async () => {
  const { shelf, file, settled, stop, restart } = await begin();
  const id = shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  await stop();
  shelf.change(id, { title: "b" });
  const journal = `${join(file("a.md"), "..")}.jsonl`;
  const known = JSON.parse((await readFile(journal, "utf8")).trimEnd().split("\n").at(-1) ?? "");
  await appendFile(journal, `${JSON.stringify({ ...known, name: "b.md", title: "b" })}\n`);

  await restart();
  await says(file("b.md"), "one\n");
  await settled();
  expect(await read(file("a.md"))).toBeUndefined();
  expect(shelf.texts).toEqual({ b: "one\n" });
});

test("where the history is gone, an edit is merged if the document is the same, and else kept beside it", async () => {
  const { shelf, file, settled, stop, restart } = await begin();
  const [same, changed] = [shelf.add("same", "one\n"), shelf.add("changed", "one\n")];
  await restart();
  await says(file("same.md"), "one\n");
  await says(file("changed.md"), "one\n");
  await stop();
  for (const id of [same, changed]) shelf.write(id, (content) => content.insert(0, "x"));
  shelf.write(same, (content) => content.delete(0, 1));
  shelf.horizon = 1;
  for (const name of ["same.md", "changed.md"]) await appendFile(file(name), "two\n");

  await restart();
  await says(file("changed.md"), "xone\n");
  await says(file("changed (from the file).md"), "one\ntwo\n");
  await settled();
  expect(shelf.texts).toEqual({
    same: "one\ntwo\n",
    changed: "xone\n",
    "changed (from the file)": "one\ntwo\n",
  });
});

test("an edit of a file whose document went to the trash meanwhile becomes a document", async () => {
  const { shelf, file, settled, stop, restart } = await begin();
  const id = shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  await stop();
  shelf.change(id, { deletedMs: 1 });
  await appendFile(file("a.md"), "two\n");

  await restart();
  await expect.poll(() => shelf.entries.size, { timeout: 10_000 }).toBe(2);
  await settled();
  expect(
    [...shelf.entries.values()].map(({ id, title, deletedMs }) => [
      title,
      shelf.textOf(id as DocumentId),
      deletedMs,
    ]),
  ).toEqual([
    ["a", "one\n", 1],
    ["a", "one\ntwo\n", null],
  ]);
  expect(await read(file("a.md"))).toBe("one\ntwo\n");
});

test("a document that is larger than files may be is kept as one all the same", async () => {
  const { shelf, file, refused, settled, restart } = await begin();
  const id = shelf.add("large", "x".repeat(1500));
  await restart();
  await says(file("large.md"), "x".repeat(1500));
  await restart();
  shelf.write(id, (content) => content.insert(0, "y"));
  await settled();
  expect(await read(file("large.md"))).toBe(`y${"x".repeat(1500)}`);
  expect(refused).toEqual([]);
});

test("a file that is emptied for a moment empties no document, and one that stays empty does", async () => {
  const { shelf, file, settled, restart } = await begin();
  const id = shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  await writeFile(file("a.md"), "");
  await writeFile(file("a.md"), "two\n");
  await settled();
  expect(shelf.textOf(id)).toBe("two\n");
  expect(shelf.records.get(id)).toHaveLength(2);
  await writeFile(file("a.md"), "");
  await expect.poll(() => shelf.textOf(id), { timeout: 10_000 }).toBe("");
});

test("files of documents that cannot be found yet are left as they are", async () => {
  const { shelf, file, settled, restart } = await begin();
  shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  shelf.isHere = false;
  await restart();
  await settled();
  expect(await read(file("a.md"))).toBe("one\n");
  shelf.isHere = true;
  await settled();
  expect(shelf.texts).toEqual({ a: "one\n" });
});

test("a file whose document the data does not have, as behind a restore, becomes a document", async () => {
  const { shelf, file, settled, stop, restart } = await begin();
  const id = shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  await stop();
  shelf.entries.delete(id);
  await restart();
  await expect.poll(() => shelf.texts, { timeout: 10_000 }).toEqual({ a: "one\n" });
  await settled();
  expect(await read(file("a.md"))).toBe("one\n");
});

test("a file that cannot be written is written later", async () => {
  const { shelf, file, failures, settled, restart } = await begin();
  const id = shelf.add("a", "one\n");
  await restart();
  await says(file("a.md"), "one\n");
  const directory = join(file("a.md"), "..");
  await rename(directory, `${directory}.away`);
  onTestFinished(() => rm(`${directory}.away`, { recursive: true, force: true }));
  shelf.write(id, (content) => content.insert(0, "zero\n"));
  await expect.poll(() => failures.length, { timeout: 10_000 }).toBeGreaterThan(0);
  await rename(`${directory}.away`, directory);
  await says(file("a.md"), "zero\none\n");
  await settled();
  expect(shelf.texts).toEqual({ a: "zero\none\n" });
});
