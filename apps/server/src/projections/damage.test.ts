import { copyFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { flipBit } from "../../test/harness/cli-files";
import { temporaryDirectory } from "../testing/temporary-directory";
import { WrittenLog } from "../testing/written-log";
import { ProjectionReader } from "./projection-reader";
import { ProjectionStore } from "./projection-store";
import { Projector } from "./projector";

const KiB = 1024;

/** The projections of a log, built as far as it goes. */
async function project(log: WrittenLog, file: string, through: number) {
  const store = ProjectionStore.open(file, through);
  const places: string[] = [];
  const projector = await Projector.open({
    logDirectory: log.directory,
    store,
    events: { checkpointed() {}, quarantined() {}, damaged: ({ message }) => places.push(message) },
  });
  await projector.advance(through);
  const reader = new ProjectionReader(file);
  const close = async () => {
    reader.close();
    store.close();
    await projector.close();
  };
  onTestFinished(close);
  const damagedBecause = (id: string) => reader.document(id)?.damagedBecause;
  return { projector, reader, places, damagedBecause, close };
}

async function start() {
  const directory = await temporaryDirectory();
  const log = await WrittenLog.open(directory, { segmentBytesMax: 64 * KiB });
  return { directory, log, file: join(directory, "projections.db") };
}

test("damage in a block marks the documents that have records there, and no others", async () => {
  const { log, file } = await start();
  const [before, hit, spared] = [log.create("before"), log.create("hit"), log.create("spared")];
  log.edit(hit, (text) => text.insert(0, "one "));
  await log.cut();
  log.edit(hit, (text) => text.insert(4, "two "));
  const lost = log.create("lost");
  const end = await log.end();
  await log.cut();
  log.edit(hit, (text) => text.insert(0, "zero "));
  log.rename(hit, "hit, and renamed");
  log.edit(spared, (text) => text.insert(0, "spared"));
  log.rename(lost, "named anew");
  const segment = await log.sealedSegmentOf(end);
  await flipBit(segment, 100);

  const { projector, reader, places, damagedBecause } = await project(log, file, await log.end());
  expect(places).toEqual([expect.stringContaining(`${segment}, byte 64`)]);
  const because = /^0+\d+\.sealed, byte 64: a block with \d records, .* is damaged$/;
  expect([damagedBecause(hit), damagedBecause(lost)]).toEqual([
    expect.stringMatching(because),
    expect.stringMatching(because),
  ]);
  expect([damagedBecause(before), damagedBecause(spared)]).toEqual([null, null]);
  // What follows on what is lost waits; the rest shows.
  expect([projector.text(hit), projector.text(spared)]).toEqual(["one ", "spared"]);
  expect(reader.document(hit)).toMatchObject({ title: "hit, and renamed", edits: 2 });
  // Its beginning is lost, its ID is not.
  expect(reader.document(lost)).toMatchObject({ title: "named anew", epoch: lost });
  expect(reader.damagedDocuments).toBe(2);
});

test("the mark survives restarts, and goes when the segment is repaired", async () => {
  const { directory, log, file } = await start();
  const id = log.create("Notes");
  log.edit(id, (text) => text.insert(0, "text"));
  const end = await log.end();
  await log.cut();
  const segment = await log.sealedSegmentOf(end);
  await copyFile(segment, join(directory, "intact"));
  await flipBit(segment, 100);
  const through = await log.end();
  const first = await project(log, file, through);
  expect([first.projector.text(id), first.reader.document(id)?.title]).toEqual(["", ""]);
  first.projector.flush(Number.POSITIVE_INFINITY);
  await first.close();

  const again = await project(log, file, through);
  expect(again.damagedBecause(id)).toContain("byte 64");
  expect(again.places).toEqual([]);
  await again.close();

  const { size } = await stat(segment);
  await copyFile(join(directory, "intact"), segment);
  expect((await stat(segment)).size).toBe(size);
  const repaired = await project(log, file, through);
  expect([repaired.projector.text(id), repaired.damagedBecause(id)]).toEqual(["text", null]);
  expect(repaired.reader.damagedDocuments).toBe(0);
});

test("where damage does not say whom it concerns, all that may be concerned are marked", async () => {
  const { log, file } = await start();
  const before = log.create("before");
  await log.cut();
  const hidden = log.create("hidden");
  const end = await log.end();
  await log.cut();
  log.edit(hidden, (text) => text.insert(0, "follows on nothing that is lost"));
  const after = log.create("after");
  log.edit(after, (text) => text.insert(0, "after"));
  const segment = await log.sealedSegmentOf(end);
  // The trailer.
  await flipBit(segment, (await stat(segment)).size - 100);

  const through = await log.end();
  const { projector, reader, damagedBecause, close } = await project(log, file, through);
  expect([damagedBecause(before), damagedBecause(hidden)]).toEqual([
    expect.stringContaining("trailer"),
    expect.stringContaining("trailer"),
  ]);
  expect(damagedBecause(after)).toBeNull();
  expect([projector.text(hidden), reader.document(hidden)?.edits]).toEqual([
    "follows on nothing that is lost",
    1,
  ]);
  await close();

  // One that was hidden there, and comes up only after a restart.
  const silent = await project(log, file, through);
  log.rename(hidden, "found");
  const end2 = await log.end();
  await silent.projector.advance(end2);
  expect(silent.reader.document(hidden)).toMatchObject({
    title: "found",
    damagedBecause: expect.any(String),
  });
});

test("a document that comes up for the first time behind a restart is still known to be concerned", async () => {
  const { log, file } = await start();
  log.create("before");
  await log.cut();
  const [hidden, other] = [log.create("hidden"), log.create("other")];
  const end = await log.end();
  await log.cut();
  await flipBit(await log.sealedSegmentOf(end), 20);
  const first = await project(log, file, await log.end());
  expect(first.damagedBecause(hidden)).toBeUndefined();
  await first.close();

  const next = await project(log, file, await log.end());
  log.edit(hidden, (text) => text.insert(0, "text"));
  const young = log.create("young");
  await next.projector.advance(await log.end());
  expect(next.damagedBecause(hidden)).toContain("header");
  expect([next.damagedBecause(other), next.damagedBecause(young)]).toEqual([undefined, null]);
});

test("a lost record of the instance concerns every document", async () => {
  const { log, file } = await start();
  const before = log.create("before");
  await log.cut();
  log.restoredTo("01HZY0000000000000000000E1");
  const end = await log.end();
  await log.cut();
  const after = log.create("after");
  await flipBit(await log.sealedSegmentOf(end), 100);
  const { damagedBecause } = await project(log, file, await log.end());
  expect([damagedBecause(before), damagedBecause(after)]).toEqual([expect.any(String), null]);
});
