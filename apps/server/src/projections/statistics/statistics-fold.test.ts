import { join } from "node:path";
import { type DocumentId, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { expect, onTestFinished, test } from "vitest";
import * as Y from "yjs";
import { encodeCatalogueRecord, type UsageRecord } from "../../storage/catalogue-record";
import { EmbeddedLog } from "../../storage/embedded-log";
import { CatalogueKind, Stream, TextKind } from "../../storage/stream";
import { temporaryDirectory } from "../../testing/temporary-directory";
import { ProjectionReader } from "../projection-reader";
import { ProjectionStore } from "../projection-store";
import { Projector } from "../projector";
import { type Step, steps } from "./steps";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Shortly before a day ends. */
const evening = Date.UTC(2026, 1, 28, 23, 59, 59, 900);

/** A log of one document in which a test says who writes and when, and the projections of it. */
class Written {
  readonly id = new UlidGenerator<DocumentId>().next();
  nowMs = evening;
  readonly #actors = new UlidGenerator();
  readonly #doc = new Y.Doc();
  readonly #log: EmbeddedLog;
  readonly #directory: string;
  #last = 0;
  #durable: Promise<void> = Promise.resolve();
  #databases = 0;

  private constructor(directory: string, clock: { written: Written | undefined }, log: EmbeddedLog) {
    this.#directory = directory;
    this.#log = log;
    clock.written = this;
  }

  static async open(): Promise<Written> {
    const directory = await temporaryDirectory();
    const clock: { written: Written | undefined } = { written: undefined };
    const log = await EmbeddedLog.open({
      directory: join(directory, "log"),
      durability: "os",
      node: 0,
      payloadBytesMax: 1_000_000,
      now: () => clock.written?.nowMs ?? evening,
    });
    onTestFinished(() => log.close());
    const written = new Written(directory, clock, log);
    written.#append(
      Stream.catalogue,
      CatalogueKind.created,
      encodeCatalogueRecord({ title: "Counted" }),
      written.actor(),
    );
    return written;
  }

  actor(): string {
    return this.#actors.next();
  }

  edit(actor: string, change: (text: Y.Text) => void): void {
    this.#doc.once("update", (update: Uint8Array) => this.append(actor, update));
    this.#doc.transact(() => change(this.#doc.getText("content")));
  }

  /** One letter. */
  type(actor: string): void {
    this.edit(actor, (text) => text.insert(0, "x"));
  }

  append(actor: string, update: Uint8Array): void {
    this.#append(Stream.text, TextKind.update, update, actor);
  }

  handOver(actor: string): void {
    this.append(actor, Y.encodeStateAsUpdate(this.#doc));
  }

  says(actor: string, name: string, person?: string): void {
    const record = { actor, name, ...(person !== undefined && { person }) };
    this.#append(Stream.catalogue, CatalogueKind.author, encodeCatalogueRecord(record), actor);
  }

  used(usage: UsageRecord): void {
    this.#append(Stream.catalogue, CatalogueKind.usage, encodeCatalogueRecord(usage), this.actor());
  }

  /** What projections say that read the log now, in as many pieces as there are calls. */
  async follow(): Promise<{ advance: () => Promise<void>; shows: () => ReturnType<typeof show> }> {
    const file = join(this.#directory, `projections-${this.#databases++}.db`);
    await this.#durable;
    const store = ProjectionStore.open(file, this.#last);
    const events = { checkpointed() {}, quarantined() {}, damaged() {} };
    const projector = await Projector.open({ logDirectory: join(this.#directory, "log"), store, events });
    const reader = new ProjectionReader(file);
    onTestFinished(async () => {
      reader.close();
      store.close();
      await projector.close();
    });
    const advance = async () => {
      await this.#durable;
      await projector.advance(this.#last);
    };
    await advance();
    return { advance, shows: () => show(reader, this.id) };
  }

  #append(stream: number, kind: number, payload: Uint8Array, actor: string): void {
    const entry = { key: ulidToBytes(this.id), author: ulidToBytes(actor as DocumentId) };
    const { position, durable } = this.#log.append({ ...entry, stream, kind, payload });
    this.#last = position;
    this.#durable = durable;
  }
}

function show({ statistics }: ProjectionReader, id: string) {
  const buckets = (step: Step) =>
    statistics
      .buckets(id, step, 0, Number.MAX_SAFE_INTEGER)
      .map(({ start, edits, editors }) => [new Date(start * steps[step].ms).toISOString(), edits, editors]);
  return {
    totals: statistics.document(id),
    authors: statistics.authors(id, 50),
    minutes: buckets("minute"),
    hours: buckets("hour"),
    days: buckets("day"),
  };
}

test("minutes, hours and days begin at those of UTC, and count each editor once", async () => {
  const written = await Written.open();
  const [ada, grace] = [written.actor(), written.actor()];
  written.type(ada);
  written.type(ada);
  written.type(grace);
  written.nowMs = evening + 100;
  written.type(ada);
  written.nowMs += minuteMs;
  written.type(ada);
  written.type(grace);

  const { minutes, hours, days } = (await written.follow()).shows();
  expect(minutes).toEqual([
    ["2026-02-28T23:59:00.000Z", 3, 2],
    ["2026-03-01T00:00:00.000Z", 1, 1],
    ["2026-03-01T00:01:00.000Z", 2, 2],
  ]);
  const twoDays = [
    ["2026-02-28T23:00:00.000Z", 3, 2],
    ["2026-03-01T00:00:00.000Z", 3, 2],
  ];
  expect(hours).toEqual(twoDays);
  expect(days).toEqual([["2026-02-28T00:00:00.000Z", 3, 2], twoDays[1]]);
});

test("says the same whether it reads the log piece by piece or at once", async () => {
  const written = await Written.open();
  const following = await written.follow();
  const [ada, grace] = [written.actor(), written.actor()];
  for (let round = 0; round < 6; round++) {
    written.type(ada);
    if (round === 2) written.says(ada, "Ada", "p1");
    await following.advance();
    written.type(grace);
    if (round === 4) written.says(grace, "Ada", "p1");
    written.nowMs += 20_000;
    if (round % 2 === 0) await following.advance();
  }
  written.used({ views: 2, exports: 1, connectionsPeak: 2 });
  await following.advance();
  const { totals, authors, ...series } = following.shows();
  const atOnce = (await written.follow()).shows();
  expect({ totals, authors, days: series.days }).toEqual({
    totals: atOnce.totals,
    authors: atOnce.authors,
    days: atOnce.days,
  });
  expect(totals).toMatchObject({ edits: 12, editors: 1, views: 2, exports: 1, connectionsPeak: 2 });
});

test("connections of a person are one author, also where that is said later, under the newest name", async () => {
  const written = await Written.open();
  const [phone, laptop, other] = [written.actor(), written.actor(), written.actor()];
  const following = await written.follow();
  written.type(phone);
  written.type(phone);
  written.type(laptop);
  written.type(other);
  await following.advance();
  expect(following.shows().authors.map(({ id, name, edits }) => [id, name, edits])).toEqual([
    [phone, null, 2],
    [laptop, null, 1],
    [other, null, 1],
  ]);
  expect(following.shows().days).toMatchObject([[expect.any(String), 4, 3]]);

  written.says(phone, "Ada", "ada's");
  written.says(laptop, "Ada L.", "ada's");
  written.says(other, "Grace");
  written.type(laptop);
  await following.advance();
  const { authors, totals, days } = following.shows();
  expect(authors).toMatchObject([
    { id: "ada's", name: "Ada L.", edits: 4, inserted: 4, lastMs: evening },
    { id: other, name: "Grace", edits: 1 },
  ]);
  expect([totals?.editors, days]).toEqual([2, [[expect.any(String), 5, 2]]]);
});

test("a person's ID is not taken for that of an actor", async () => {
  const written = await Written.open();
  const [ada, grace] = [written.actor(), written.actor()];
  written.type(ada);
  written.says(grace, "Grace", ada);
  written.type(grace);
  const { authors } = (await written.follow()).shows();
  expect(authors.map(({ name, edits }) => [name, edits])).toEqual([
    [null, 1],
    ["Grace", 1],
  ]);
});

test("what is handed over again is an edit that brings nothing", async () => {
  const written = await Written.open();
  const ada = written.actor();
  written.edit(ada, (text) => text.insert(0, "hello 😀"));
  written.edit(ada, (text) => text.delete(0, 2));
  written.handOver(ada);
  const following = await written.follow();
  written.handOver(ada);
  await following.advance();
  const counted = { edits: 4, inserted: 8, deleted: 2 };
  expect(following.shows()).toMatchObject({ totals: counted, authors: [counted] });
});

test("keeps minutes for two days, hours for a hundred, and days", async () => {
  const written = await Written.open();
  const ada = written.actor();
  const following = await written.follow();
  const moments = [0, hourMs, 47 * hourMs, 49 * hourMs, 99 * dayMs, 101 * dayMs];
  for (const momentMs of moments) {
    written.nowMs = evening + momentMs;
    written.type(ada);
    await following.advance();
  }
  const { minutes, hours, days } = following.shows();
  expect([minutes.length, hours.length, days.length]).toEqual([2, 4, 6]);
});

test("very many authors are counted together, the least busy first", async () => {
  const written = await Written.open();
  const busy = written.actor();
  for (let edit = 0; edit < 3; edit++) written.type(busy);
  for (let author = 0; author < 2100; author++) written.type(written.actor());
  const { authors, totals } = (await written.follow()).shows();
  expect(authors[0]).toMatchObject({ id: busy, edits: 3 });
  expect(authors).toHaveLength(50);
  expect(totals).toMatchObject({ edits: 2103, editors: 2101 });
});
