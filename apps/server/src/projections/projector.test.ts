import { join } from "node:path";
import { type DocumentId, snowflakeParts } from "@scriptorium/ids";
import type { LogError } from "@scriptorium/log";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import { CatalogueKind } from "../storage/stream";
import { contentOf, docOf } from "../testing/edits";
import { poison, poisonable } from "../testing/poison";
import { temporaryDirectory } from "../testing/temporary-directory";
import { WrittenLog } from "../testing/written-log";
import { type CatalogueSort, cursorBehind } from "./catalogue-order";
import { ProjectionReader } from "./projection-reader";
import { ProjectionStore } from "./projection-store";
import { Projector } from "./projector";

const KiB = 1024;
const everything = { deleted: false, sort: "updated", after: undefined, limit: 100 } as const;

/** Projections of a log, which a test may abandon at any moment and open again. */
class Projections {
  readonly file: string;
  readonly checkpointed: (readonly [documentId: string, position: number])[] = [];
  readonly quarantined: (readonly [documentId: string, position: number, error: string])[] = [];
  readonly #logDirectory: string;
  readonly damaged: LogError[] = [];
  #open: { projector: Projector; store: ProjectionStore } | undefined;

  constructor(logDirectory: string, file: string) {
    this.#logDirectory = logDirectory;
    this.file = file;
    onTestFinished(() => this.close());
  }

  async open(logEnd: number): Promise<void> {
    const store = ProjectionStore.open(this.file, logEnd);
    const projector = await Projector.open({
      logDirectory: this.#logDirectory,
      store,
      events: {
        checkpointed: (...event) => this.checkpointed.push(event),
        quarantined: (...event) => this.quarantined.push(event),
        damaged: (damage) => this.damaged.push(damage),
      },
    });
    this.#open = { projector, store };
  }

  get projector(): Projector {
    return this.#opened.projector;
  }

  get store(): ProjectionStore {
    return this.#opened.store;
  }

  /** Leaves everything as it is on disk; what waits in memory is lost. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    open?.store.close();
    await open?.projector.close();
  }

  get #opened() {
    if (this.#open === undefined) throw new Error("the projections are not open");
    return this.#open;
  }

  /** All that the projections tell, comparable with that of another run. */
  contents() {
    const reader = new ProjectionReader(this.file);
    const documents = reader.documents({ ...everything, limit: 100 });
    const checkpoints = documents.map(({ id }) => {
      const checkpoint = reader.checkpoint(id);
      if (checkpoint === undefined) return undefined;
      const { position, revision, state, stateVector, deleteSet } = checkpoint;
      const clocks = [...Y.decodeStateVector(stateVector)].sort(([a], [b]) => a - b);
      const content = contentOf(docOf([state]));
      expect([clocks, Y.decodeUpdate(deleteSet).structs]).toEqual([content.clocks, []]);
      return { position, revision, content };
    });
    reader.close();
    return { documents, checkpoints, progress: this.store.progress() };
  }

  checkpointContent(documentId: string) {
    const checkpoint = this.store.checkpoint(documentId);
    return checkpoint === undefined ? undefined : contentOf(docOf([checkpoint.state]));
  }
}

async function start() {
  const directory = await temporaryDirectory();
  const log = await WrittenLog.open(directory);
  const projections = new Projections(log.directory, join(directory, "projections.db"));
  await projections.open(0);
  const catalogue = new ProjectionReader(projections.file);
  onTestFinished(() => catalogue.close());
  return {
    directory,
    log,
    projections,
    catalogue,
    advance: async () => projections.projector.advance(await log.end()),
  };
}

test("keeps deleted documents apart until they are restored", async () => {
  const { log, advance, catalogue } = await start();
  const [kept, dropped] = [log.create("kept"), log.create("dropped")];
  const titles = (deleted: boolean) =>
    catalogue.documents({ ...everything, deleted }).map(({ title }) => title);
  log.mark(dropped, CatalogueKind.deleted);
  await advance();
  expect([titles(false), titles(true)]).toEqual([["kept"], ["dropped"]]);
  expect(catalogue.document(dropped)?.deletedMs).toBeGreaterThan(0);
  log.mark(dropped, CatalogueKind.restored);
  await advance();
  expect([titles(false).sort(), titles(true)]).toEqual([["dropped", "kept"], []]);
  expect(catalogue.document(kept)?.deletedMs).toBeNull();
});

test("shows documents with title, language, times and number of edits", async () => {
  const { log, advance, catalogue } = await start();
  const id = log.create("Notes", "en");
  log.edit(id, (text) => text.insert(0, "one"));
  log.edit(id, (text) => text.insert(3, " two"));
  const last = log.appendUpdate(id, Uint8Array.of(0, 0));
  await advance();
  expect(catalogue.document(id)).toEqual({
    id,
    title: "Notes",
    tags: [],
    language: "en",
    createdMs: expect.any(Number),
    updatedMs: snowflakeParts(last.revision).timeMs,
    deletedMs: null,
    epoch: id,
    edits: 3,
    damagedBecause: null,
  });
  log.rename(id, "Notes and more");
  await advance();
  expect(catalogue.document(id)).toMatchObject({ title: "Notes and more", edits: 3 });
  expect(catalogue.document("01HZY0000000000000000000AB")).toBeUndefined();
});

test("gives the documents that there are, in the trash or not, the epoch of a restore to an earlier moment", async () => {
  const { log, advance, catalogue } = await start();
  const [first, dropped] = [log.create("first"), log.create("dropped")];
  log.mark(dropped, CatalogueKind.deleted);
  await advance();
  expect([catalogue.document(first)?.epoch, catalogue.document(dropped)?.epoch]).toEqual([first, dropped]);

  log.restoredTo("01HZY0000000000000000000E1");
  const later = log.create("later");
  await advance();
  const epochs = () => [first, dropped, later].map((id) => catalogue.document(id)?.epoch);
  expect(epochs()).toEqual(["01HZY0000000000000000000E1", "01HZY0000000000000000000E1", later]);

  log.restoredTo("01HZY0000000000000000000E2");
  await advance();
  expect(new Set(epochs())).toEqual(new Set(["01HZY0000000000000000000E2"]));
});

test("lists documents in every order, by pages", async () => {
  const { log, advance, catalogue } = await start();
  const titles = ["Note 10", "note 9", "Eve", "Évora", ""];
  const ids = titles.map((title) => log.create(title));
  await advance();
  const listed = (sort: CatalogueSort) => {
    const entries = [];
    for (let page = catalogue.documents({ ...everything, sort, limit: 2 }); page.length > 0; ) {
      entries.push(...page);
      const last = page.at(-1);
      if (last === undefined) break;
      page = catalogue.documents({ ...everything, sort, after: cursorBehind(last, sort), limit: 2 });
    }
    return entries;
  };
  expect(listed("title").map(({ title }) => title)).toEqual(["Eve", "Évora", "note 9", "Note 10", ""]);
  for (const sort of ["updated", "created"] as const) {
    const keys = listed(sort).map((entry) => `${entry[`${sort}Ms`]} ${entry.id}`);
    expect(keys).toEqual(keys.toSorted().reverse());
    expect(keys).toHaveLength(ids.length);
  }
});

test("gives the text as of the position reached, with and without a checkpoint", async () => {
  const { log, projections, advance } = await start();
  const id = log.create("Notes");
  expect(projections.projector.text(id)).toBe("");
  log.edit(id, (text) => text.insert(0, "one"));
  await advance();
  expect(projections.projector.text(id)).toBe("one");
  projections.projector.settle(id);
  log.edit(id, (text) => text.insert(3, " two"));
  await advance();
  expect(projections.projector.text(id)).toBe("one two");
});

test("makes a checkpoint when 64 KiB wait, and the next when as much waits as the last one weighs", async () => {
  const { log, projections, advance } = await start();
  const { projector } = projections;
  const id = log.create("Long");
  const append = async (bytes: number) => {
    log.edit(id, (text) => text.insert(text.length, "x".repeat(bytes)));
    await advance();
    return projector.checkpointNext();
  };
  expect(await append(60 * KiB)).toBe(false);
  expect(await append(5 * KiB)).toBe(true);
  expect(projector.checkpointNext()).toBe(false);
  // From now on, the checkpoint weighs a little more than 65 KiB.
  expect(await append(64 * KiB)).toBe(false);
  expect(await append(2 * KiB)).toBe(true);
  // And now 131 KiB.
  expect(await append(120 * KiB)).toBe(false);
  expect(await append(12 * KiB)).toBe(true);
  expect(projections.checkpointed.map(([documentId]) => documentId)).toEqual([id, id, id]);
  expect(projections.checkpointContent(id)).toEqual(contentOf(log.doc(id)));
});

test("makes checkpoints of several documents one at a time", async () => {
  const { log, projections, advance } = await start();
  const ids = ["one", "two", "three"].map((title) => log.create(title));
  for (const id of ids.slice(0, 2)) log.edit(id, (text) => text.insert(0, "x".repeat(70 * KiB)));
  await advance();
  const { projector } = projections;
  expect([projector.checkpointNext(), projector.checkpointNext(), projector.checkpointNext()]).toEqual([
    true,
    true,
    false,
  ]);
  expect(projections.checkpointed.map(([id]) => id)).toEqual(ids.slice(0, 2));
});

test("settles a document on demand, with the position and revision of its newest update", async () => {
  const { log, projections, advance } = await start();
  const [id, other] = [log.create("Notes"), log.create("Other")];
  log.edit(id, (text) => text.insert(0, "settled"));
  const last = log.appendUpdate(id, Uint8Array.of(0, 0));
  log.edit(other, (text) => text.insert(0, "later"));
  await advance();
  projections.projector.settle(id);
  projections.projector.settle(id);
  expect(projections.store.checkpoint(id)).toMatchObject(last);
  expect(projections.checkpointed).toEqual([[id, last.position]]);
  expect(projections.checkpointContent(id)?.text).toBe("settled");
  expect(projections.store.checkpoint(other)).toBeUndefined();
});

test("flushes everything that waits, unless its time is up", async () => {
  const { log, projections, advance } = await start();
  const ids = ["one", "two"].map((title) => log.create(title));
  for (const id of ids) log.edit(id, (text) => text.insert(0, "waits"));
  await advance();
  projections.projector.flush(0);
  expect(projections.checkpointed).toEqual([]);
  projections.projector.flush(Number.POSITIVE_INFINITY);
  expect(ids.map((id) => projections.checkpointContent(id)?.text)).toEqual(["waits", "waits"]);
  const { applied, resume } = projections.store.progress();
  expect(resume).toBe(applied);
});

test("leaves a poisonous update out of the checkpoint, names it, and says so", async () => {
  const { directory, log, projections, advance } = await start();
  const id = log.create("Poisoned");
  log.appendUpdate(id, poisonable());
  const { position } = log.appendUpdate(id, poison);
  log.appendUpdate(id, Uint8Array.of(0, 0));
  await advance();
  expect(projections.projector.text(id)).toBe("hello world");
  projections.projector.settle(id);
  expect(projections.quarantined).toEqual([[id, position, expect.stringContaining("TypeError")]]);
  expect(projections.checkpointContent(id)?.text).toBe("hello world");

  // A rebuild from the log comes to the same.
  const rebuilt = new Projections(log.directory, join(directory, "rebuilt.db"));
  await rebuilt.open(0);
  await rebuilt.projector.advance(await log.end());
  rebuilt.projector.flush(Number.POSITIVE_INFINITY);
  expect(rebuilt.quarantined).toEqual(projections.quarantined);
});

test("reads again after a restart what no checkpoint holds, and counts no edit twice", async () => {
  const { log, projections, advance, catalogue } = await start();
  const [early, late] = [log.create("early"), log.create("late")];
  log.edit(early, (text) => text.insert(0, "waits"));
  log.edit(late, (text) => text.insert(0, "is settled"));
  await advance();
  projections.projector.settle(late);
  const { applied, resume } = projections.store.progress();
  expect(resume).toBeLessThan(applied);
  await projections.close();
  await projections.open(applied);
  await projections.projector.advance(applied);
  expect([projections.projector.text(early), projections.projector.text(late)]).toEqual([
    "waits",
    "is settled",
  ]);
  expect([catalogue.document(early)?.edits, catalogue.document(late)?.edits]).toEqual([1, 1]);
  // What a checkpoint holds does not wait for another.
  projections.checkpointed.length = 0;
  projections.projector.flush(Number.POSITIVE_INFINITY);
  expect(projections.checkpointed.map(([id]) => id)).toEqual([early]);
});

interface Write {
  readonly document: number;
  readonly act: "type" | "type" | "paste" | "delete" | "rename" | "create" | "poison";
}
interface Stop {
  readonly through: number;
  readonly next: "restart" | "settle" | "checkpoint" | "flush" | "nothing";
}

function write(log: WrittenLog, writes: readonly Write[]): DocumentId[] {
  const ids: DocumentId[] = [];
  const create = (title: string): DocumentId => {
    const id = log.create(title);
    Y.applyUpdate(log.doc(id), poisonable());
    ids.push(id);
    return id;
  };
  create("first");
  writes.forEach(({ document, act }, index) => {
    const id = ids[document % ids.length] ?? create("another");
    if (act === "create") create(`document ${index}`);
    if (act === "rename") log.rename(id, `renamed ${index}`);
    if (act === "type") log.edit(id, (text) => text.insert(0, "typed "));
    if (act === "paste") log.edit(id, (text) => text.insert(text.length, "pasted ".repeat(5 * KiB)));
    if (act === "delete") log.edit(id, (text) => text.delete(0, Math.min(4, text.length)));
    if (act === "poison") log.appendUpdate(id, poison);
  });
  return ids;
}

test("comes to the same however often and wherever it is interrupted", async () => {
  const writes = fc.array(
    fc.record({
      document: fc.nat(4),
      act: fc.constantFrom<Write["act"][]>("type", "type", "paste", "delete", "rename", "create", "poison"),
    }),
    { minLength: 1, maxLength: 25, size: "max" },
  );
  const stops = fc.array(
    fc.record({
      through: fc.nat(1000),
      next: fc.constantFrom<Stop["next"][]>("restart", "restart", "settle", "checkpoint", "flush", "nothing"),
    }),
    { maxLength: 10, size: "max" },
  );
  let run = 0;
  const root = await temporaryDirectory();
  await fc.assert(
    fc.asyncProperty(writes, stops, async (written, interruptions) => {
      const directory = join(root, String(++run));
      const log = await WrittenLog.open(directory);
      const ids = write(log, written);
      const end = await log.end();

      const straight = new Projections(log.directory, join(directory, "straight.db"));
      await straight.open(end);
      await straight.projector.advance(end);
      straight.projector.flush(Number.POSITIVE_INFINITY);

      const interrupted = new Projections(log.directory, join(directory, "interrupted.db"));
      await interrupted.open(end);
      // A position that has been passed is passed again only behind a restart.
      for (const { through, next } of interruptions) {
        await interrupted.projector.advance(through % end);
        if (next === "settle") interrupted.projector.settle(ids[through % ids.length] ?? "");
        if (next === "checkpoint") interrupted.projector.checkpointNext();
        if (next === "flush") interrupted.projector.flush(Number.POSITIVE_INFINITY);
        if (next === "restart") {
          await interrupted.close();
          await interrupted.open(end);
        }
      }
      await interrupted.projector.advance(end);
      for (const id of ids) expect(interrupted.projector.text(id)).toBe(straight.projector.text(id));
      interrupted.projector.flush(Number.POSITIVE_INFINITY);
      expect(interrupted.contents()).toEqual(straight.contents());
      for (const id of ids) expect(interrupted.checkpointContent(id)).toEqual(contentOf(log.doc(id)));
      await Promise.all([straight.close(), interrupted.close()]);
    }),
    { numRuns: 40 },
  );
}, 30_000);
