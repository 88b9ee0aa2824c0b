import { LogError } from "../../src/errors";
import type { Log } from "../../src/log";
import type { LogRecord } from "../../src/record";
import { salvageLog } from "../../src/salvage";
import { readBlock, readIndex, readSealedSegment } from "../../src/sealed-segment";
import { verifyLog } from "../../src/verify";
import { collect, keyOf } from "../support";
import type { Host } from "./host";
import { type Expectation, flipBit, inflictBit, inflictCut, inflictGap, inflictSector } from "./inflict";
import { assertSame, type ModelRecord } from "./model";
import type { DamageStep, FlickerStep } from "./schedule";
import {
  directory,
  headerBytes,
  type PlacedRecord,
  type SegmentAtRest,
  segmentsAtRest,
} from "./segments-at-rest";

/**
 * Closes the log, damages one of its files, and opens it again. It must refuse, saying where the damage is and
 * changing nothing; or, if the segment is sealed, serve everything else; or, where damage looks like an
 * unfinished write, cut no more than that. Then the file is put right, and all must be there.
 */
export async function damageAtRest(host: Host, step: DamageStep): Promise<void> {
  await host.close();
  const { disk, model } = host;
  const segments = segmentsAtRest(disk.directory(directory), model.records);
  const segment = choose(segments, step.segment);
  if (segment === undefined) return host.open(model.durablePosition);
  const original = segment.file.cached.bytes.slice();
  const blocks = await host.settle(blocksOf(host, segment));
  const expectation = inflict(host, segment, step, segments[segments.indexOf(segment) + 1]);
  if (expectation === undefined) return host.open(model.durablePosition);
  const damaged = disk.snapshot();
  let log: Log;
  try {
    log = await host.tryOpen();
  } catch (error) {
    assertLocated(error, expectation);
    await host.settle(assertVerifyFinds(host, expectation));
    if (!isEqual(damaged, disk.snapshot())) throw new Error("a log that refused to open was modified");
    const salvaged = step.remedy === "salvage" && (await salvage(host, segment, expectation));
    if (!salvaged) restore(host, segment, original);
    return host.open(model.durablePosition);
  }
  if (expectation.cutAfter !== undefined) {
    await host.settle(log.close());
    return host.open(expectation.cutAfter);
  }
  if (segment.kind === "plain" || step.what === "missing")
    throw new Error(`${step.what} in ${segment.path} went unnoticed`);
  await host.settle(assertPassedOver(log, segment, model.durable(0, model.durablePosition)));
  await host.settle(log.close());
  await host.settle(assertVerifyFinds(host, expectation));
  if (step.remedy === "salvage") await salvageSealed(host, segment, original, blocks);
  else restore(host, segment, original);
  return host.open(model.durablePosition);
}

/** Where each block of a sealed segment lies, and the positions in it. */
interface PlacedBlock {
  offset: number;
  end: number;
  positions: readonly number[];
}

async function blocksOf(host: Host, { path, name, kind }: SegmentAtRest): Promise<PlacedBlock[]> {
  if (kind === "plain") return [];
  const files = host.disk.boot();
  const sealed = await readSealedSegment(files, path, Number(name.slice(0, 20)));
  const file = await files.open(path, "read");
  const index = await readIndex(file, sealed);
  const blocks: PlacedBlock[] = [];
  for (let number = 0; number < index.blockCount; number += 1) {
    const entry = index.block(number);
    const { positions } = await readBlock(file, sealed, entry);
    blocks.push({ offset: entry.offset, end: entry.offset + entry.length, positions: [...positions] });
  }
  await file.close();
  return blocks;
}

/** Afterwards nothing is damaged any more, and all is there but the records of the blocks that were hit. */
async function salvageSealed(
  host: Host,
  { file, records }: SegmentAtRest,
  original: Uint8Array,
  blocks: readonly PlacedBlock[],
): Promise<void> {
  const { disk, model } = host;
  const now = file.cached.bytes.slice();
  const hit = blocks.filter(({ offset, end }) => {
    return Buffer.compare(now.subarray(offset, end), original.subarray(offset, end)) !== 0;
  });
  await host.settle(salvageLog(directory, { files: disk.boot() }));
  model.giveUp(hit.flatMap(({ positions }) => positions));
  const { damages } = await host.settle(verifyLog(directory, { files: disk.boot() }));
  const [damage] = damages;
  if (damage !== undefined) throw new Error(`salvage left damage: ${damage.what} (${damage.file})`);
  if (records.length > 0 && blocks.length === 0) throw new Error("a sealed segment has no blocks");
}

/** Verification names what the log has refused for, too. */
async function assertVerifyFinds(host: Host, { segment }: Expectation): Promise<void> {
  const { damages } = await verifyLog(directory, { files: host.disk.boot() });
  const files = damages.map(({ file }) => file);
  if (!files.includes(segment)) throw new Error(`verify found damage in [${files}], not in ${segment}`);
}

/**
 * Afterwards the log opens, with all records but those that the damage hit.
 *
 * @returns whether it could be done: one segment must have an intact header
 */
async function salvage(
  { disk, model, settle }: Host,
  segment: SegmentAtRest,
  { offset, hit }: Expectation,
): Promise<boolean> {
  const damaged = disk.snapshot();
  try {
    await settle(salvageLog(directory, { files: disk.boot() }));
  } catch (error) {
    if (!(error instanceof LogError) || error.code !== "CORRUPT") throw error;
    if (!isEqual(damaged, disk.snapshot())) throw new Error("a log that cannot be salvaged was modified");
    return false;
  }
  const isLost = ({ start, end }: PlacedRecord) =>
    hit === undefined ? offset === undefined || start >= offset : start < hit.to && end > hit.from;
  model.giveUp(segment.records.filter(isLost).map(({ record }) => record.position));
  return true;
}

function choose(segments: readonly SegmentAtRest[], place: number): SegmentAtRest | undefined {
  return segments[Math.floor(place * (segments.length - 0.001))];
}

/** @returns undefined if nothing was changed */
function inflict(
  { disk }: Host,
  segment: SegmentAtRest,
  { what, place }: DamageStep,
  next: SegmentAtRest | undefined,
): Expectation | undefined {
  const at = Math.floor(place * (segment.file.cached.size - 1));
  switch (what) {
    case "bit":
      return inflictBit(segment, at);
    case "sector":
      return inflictSector(segment, at);
    case "gap":
      return inflictGap(segment, at, next);
    case "cut":
      return inflictCut(segment, at, next);
    case "missing":
      disk.directory(directory).replace(segment.name, undefined);
      return expectationOfMissing(segment, next);
  }
}

function expectationOfMissing(
  { path, records }: SegmentAtRest,
  next: SegmentAtRest | undefined,
): Expectation {
  const [first] = records;
  // All that was in it may have been given up already: then nothing is missing.
  if (first === undefined) return { segment: next?.path ?? path, cutAfter: Number.POSITIVE_INFINITY };
  if (next === undefined) return { segment: path, cutAfter: first.record.position - 1 };
  return { segment: next.path };
}

function assertLocated(error: unknown, expectation: Expectation): void {
  if (!(error instanceof LogError) || error.code !== "CORRUPT") throw error;
  const where = `${error.segment}, byte ${error.offset}`;
  const right = error.segment === expectation.segment && error.offset !== undefined;
  if (!right || (expectation.offset !== undefined && error.offset !== expectation.offset)) {
    throw new Error(`damage at ${expectation.segment}, byte ${expectation.offset}, was located at ${where}`);
  }
  if (error.hint === undefined) throw new Error("the operator was given no hint");
}

/** Of a damaged sealed segment nothing wrong is served, everything else is, and the damage is named. */
async function assertPassedOver(
  log: Log,
  segment: SegmentAtRest,
  records: readonly ModelRecord[],
): Promise<void> {
  const damages: LogError[] = [];
  const found = await collect(log.read({ onDamage: (damage) => damages.push(damage) }));
  for (const damage of damages) assertLocated(damage, { segment: segment.path });
  if (damages.length === 0 || log.damaged.length === 0) throw new Error(`${segment.path}: went unnoticed`);
  const read = new Set(found.map(({ position }) => position));
  const inside = new Set(segment.records.map(({ record }) => record.position));
  assertSame(
    found,
    records.filter(({ position }) => !inside.has(position) || read.has(position)),
  );
  for (let number = 0; number < 10; number += 1) {
    const key = keyOf(number);
    const outcome = await outcomeOf(log.readKey(key));
    const expected = records.filter((record) => Buffer.compare(record.key, key) === 0);
    if (outcome.error !== undefined) assertLocated(outcome.error, { segment: segment.path });
    assertSame(
      outcome.found,
      outcome.error === undefined ? expected : expected.slice(0, outcome.found.length),
    );
  }
}

async function outcomeOf(records: AsyncIterable<LogRecord>): Promise<{ found: LogRecord[]; error: unknown }> {
  const found: LogRecord[] = [];
  try {
    for await (const record of records) found.push(record);
  } catch (error) {
    return { found, error };
  }
  return { found, error: undefined };
}

function restore({ disk }: Host, { name, file }: SegmentAtRest, original: Uint8Array): void {
  file.damage(0, original);
  disk.directory(directory).replace(name, file);
}

function isEqual(a: Map<string, string>, b: Map<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, bytes]) => b.get(path) === bytes);
}

/**
 * Flips a bit in a segment that the open log no longer writes to. Reading ends with an error that names it, or
 * does not depend on that bit any more; once the bit is back, everything is served.
 */
export async function flicker(host: Host, step: FlickerStep): Promise<void> {
  await host.wait();
  const { disk, log, model } = host;
  if (host.schedule.sealing) await host.settle(log.sealed());
  const segments = segmentsAtRest(disk.directory(directory), model.records);
  const segment = choose(
    segments.filter(({ last }) => !last),
    step.segment,
  );
  if (segment === undefined) return;
  const all = model.durable(0, model.durablePosition);
  const { file, kind, path, records } = segment;
  const at = headerBytes + Math.floor(step.place * (file.cached.size - headerBytes - 1));
  const hit = records.find(({ end }) => end > at);
  flipBit(file, at);
  const { found, error } = await host.settle(outcomeOf(log.read()));
  flipBit(file, at);
  if (kind === "plain" && hit !== undefined) {
    assertLocated(error, { segment: path, offset: hit.start });
    assertSame(found, model.durable(0, hit.record.position - 1));
  } else {
    if (error !== undefined) assertLocated(error, { segment: path });
    assertSame(found, error === undefined ? all : all.slice(0, found.length));
  }
  assertSame((await host.settle(outcomeOf(log.read()))).found, all);
}
