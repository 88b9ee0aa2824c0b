import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { Log, type LogOptions } from "@scriptorium/log";
import * as Y from "yjs";
import { temporaryDirectory } from "../../apps/server/test/harness/server-process";
import { applyPatches, readTrace, type SequentialTrace } from "../../apps/server/test/harness/traces";

/**
 * The log beside bare system calls on the same disk, in one run, as ratios. `--large` is the size in GiB of the log
 * that is opened; 0 leaves that part out.
 */
const { values } = parseArgs({ options: { large: { type: "string", default: "1" } } });

const mebibyte = 1024 * 1024;
const key = (number: number) => Buffer.from(number.toString(16).padStart(32, "0"), "hex");
const author = key(1);
let revision = 0n;
/** How far the log's clock is ahead: makes segments old at will. */
let agedMs = 0;

function record(document: number, payload: Uint8Array) {
  return { revision: ++revision, key: key(document), stream: 1, kind: 1, author, payload };
}

function openLog(directory: string, options: Partial<LogOptions> = {}): Promise<Log> {
  return Log.open({ directory, clock: () => Date.now() + agedMs, ...options });
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function ascending(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}

function print(what: string, figure: string, bar = ""): void {
  console.log(`${what.padEnd(58)}${figure.padStart(16)}   ${bar}`);
}

async function within<Result>(measure: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await temporaryDirectory();
  try {
    return await measure(directory.path);
  } finally {
    await directory.remove();
  }
}

/** Milliseconds from append to durable, one append at a time. */
async function serialLatencies(log: Log, count: number, until?: Promise<void>): Promise<number[]> {
  const payload = randomBytes(100);
  const latencies: number[] = [];
  let ended = false;
  void until?.then(() => {
    ended = true;
  });
  while (!ended && (until !== undefined || latencies.length < count)) {
    const startedMs = performance.now();
    await log.append(record(1, payload)).durable;
    latencies.push(performance.now() - startedMs);
  }
  return latencies;
}

/** The same with nothing but a write and a sync. */
async function bareLatencies(file: string, count: number): Promise<number[]> {
  const handle = await open(file, "w");
  const bytes = randomBytes(164);
  const latencies: number[] = [];
  for (let at = 0; latencies.length < count; at += bytes.length) {
    const startedMs = performance.now();
    await handle.write(bytes, 0, bytes.length, at);
    await handle.datasync();
    latencies.push(performance.now() - startedMs);
  }
  await handle.close();
  return latencies;
}

/** Writes batches of the given sizes with `writev` and syncs each. Returns seconds. */
async function bareBatches(file: string, batches: readonly number[]): Promise<number> {
  const handle = await open(file, "w");
  const bytes = randomBytes(Math.max(...batches));
  const startedMs = performance.now();
  let at = 0;
  for (const size of batches) {
    await handle.writev([bytes.subarray(0, size)], at);
    await handle.datasync();
    at += size;
  }
  const seconds = (performance.now() - startedMs) / 1000;
  await handle.close();
  return seconds;
}

async function groupCommit(directory: string): Promise<void> {
  const serialCount = 3000;
  const log = await openLog(join(directory, "serial"));
  const bare: number[] = [];
  const ours: number[] = [];
  // In turns, so that a slow moment of the machine hits both.
  for (let round = 0; round < 6; round++) {
    bare.push(...(await bareLatencies(join(directory, "bare"), serialCount / 6)));
    ours.push(...(await serialLatencies(log, serialCount / 6)));
  }
  await log.close();
  const bareP50 = quantile(ascending(bare), 0.5);
  const oursP50 = quantile(ascending(ours), 0.5);
  const serialPerSecond = (1000 * ours.length) / ours.reduce((sum, ms) => sum + ms, 0);
  print("one appender, p50: bare write + fdatasync", `${bareP50.toFixed(3)} ms`);
  print("one appender, p50: the log", `${oursP50.toFixed(3)} ms`);
  print("  ratio", `${(oursP50 / bareP50).toFixed(2)} ×`, "≤ 1.25 ×");

  const perSecond: number[] = [];
  const toBare: number[] = [];
  // In turns, and the first one only warms up.
  for (let round = 0; round < 6; round++) {
    const { seconds, batches } = await appendTogether(join(directory, `grouped-${round}`));
    const bareSeconds = await bareBatches(join(directory, "batches"), batches);
    if (round === 0) continue;
    perSecond.push((appenders * perAppender) / seconds);
    toBare.push(bareSeconds / seconds);
  }
  const median = quantile(ascending(perSecond), 0.5);
  print("256 appenders of 100-byte records, durable per second", Math.round(median).toLocaleString("en"));
  print("  to one record per fdatasync", `${(median / serialPerSecond).toFixed(0)} ×`, "≥ 50 ×");
  print(
    "  to the same batches by writev + fdatasync alone",
    `${quantile(ascending(toBare), 0.5).toFixed(2)} ×`,
    `≥ 0.40 ×  (${ascending(toBare)
      .map((ratio) => ratio.toFixed(2))
      .join(" ")})`,
  );
}

const appenders = 256;
const perAppender = 1000;

/** Appends to a log of its own, each appender when its last record is durable. */
async function appendTogether(directory: string): Promise<{ seconds: number; batches: number[] }> {
  const batches: number[] = [];
  const log = await openLog(directory, { onCommit: ({ bytes }) => batches.push(bytes) });
  const payload = randomBytes(100);
  const startedMs = performance.now();
  const appender = async (document: Buffer) => {
    for (let i = 0; i < perAppender; i++) {
      const appended = { revision: ++revision, key: document, stream: 1, kind: 1, author, payload };
      await log.append(appended).durable;
    }
  };
  await Promise.all(Array.from({ length: appenders }, (_, document) => appender(key(document))));
  const seconds = (performance.now() - startedMs) / 1000;
  await log.close();
  return { seconds, batches };
}

/** The updates of `automerge-paper`, one per edit. */
function paperUpdates(): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = doc.getText("content");
  for (const { patches } of readTrace<SequentialTrace>("automerge-paper").txns) {
    doc.transact(() => applyPatches(text, patches));
  }
  return updates;
}

/** Revisions with the times of the trace, moved behind the epoch of Snowflakes: 22 bits beside the milliseconds. */
function typedRevisions(): bigint[] {
  const fiveYearsMs = 5 * 365 * 24 * 60 * 60 * 1000;
  const epochMs = Date.UTC(2024, 0, 1);
  let last = 0n;
  return readTrace<SequentialTrace>("automerge-paper").txns.map(({ time }) => {
    const revision = BigInt(Date.parse(time) + fiveYearsMs - epochMs) << 22n;
    last = revision > last ? revision : last + 1n;
    return last;
  });
}

async function sealedBytes(directory: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(directory)) {
    if (name.endsWith(".sealed")) bytes += (await stat(join(directory, name))).size;
  }
  return bytes;
}

async function density(directory: string, updates: readonly Uint8Array[]): Promise<void> {
  const log = await openLog(directory, { durability: "os" });
  for (const [edit, revision] of typedRevisions().entries()) {
    log.append({ ...record(7, updates[edit] ?? new Uint8Array()), revision });
    if (edit % 4096 === 0) await new Promise(setImmediate);
  }
  await roll(log);
  await log.sealed();
  print(
    "automerge-paper, sealed: bytes on disk per keystroke",
    ((await sealedBytes(directory)) / updates.length).toFixed(2),
    "≤ 10",
  );
  await log.close();
}

/** Begins a new segment, as the clock says that the active one is old, so that all before it is sealed. */
async function roll(log: Log): Promise<void> {
  agedMs += 2 * 24 * 60 * 60 * 1000;
  await log.append(record(999_999, new Uint8Array(1))).durable;
}

async function reading(directory: string, updates: readonly Uint8Array[]): Promise<void> {
  const log = await openLog(directory, { durability: "os" });
  let other = 0;
  for (const payload of updates) {
    log.append(record(7, payload));
    log.append(record(1000 + (other++ % 1000), payload));
    if (other % 2048 === 0) await new Promise(setImmediate);
  }
  await roll(log);
  await log.sealed();
  const rates: number[] = [];
  for (let round = 0; round < 5; round++) {
    const startedMs = performance.now();
    let records = 0;
    for await (const batch of log.readKeyBatches(key(7))) records += batch.length;
    rates.push((records * 1000) / (performance.now() - startedMs));
    if (records !== updates.length) throw new Error(`${records} records were read`);
  }
  print(
    "one of 1,001 documents, sealed: records read per second",
    Math.round(quantile(ascending(rates), 0.5)).toLocaleString("en"),
    "≥ 1,000,000",
  );
  await log.close();
}

/** One round. Returns the ratio of the p99s. */
async function interfere(directory: string): Promise<number> {
  const before = await openLog(directory, { durability: "os", sealing: false });
  const payload = randomBytes(2000);
  for (let i = 0; i < 4 * 32_000; i++) {
    const { durable } = before.append(record(1000 + (i % 500), payload));
    if (i % 1024 === 0) await durable;
  }
  await before.close();
  const withoutSealing = async () => {
    const log = await openLog(directory, { sealing: false });
    const latencies = await serialLatencies(log, 8000);
    await log.close();
    return latencies;
  };
  const first = await withoutSealing();
  const busy = await openLog(directory);
  const meanwhile = ascending(await serialLatencies(busy, 0, busy.sealed()));
  await busy.close();
  // Before and after, so that a change of the machine's mood is in both.
  const without = ascending([...first, ...(await withoutSealing())]);
  const [p99, p99Sealing] = [quantile(without, 0.99), quantile(meanwhile, 0.99)];
  const both = `${p99.toFixed(3)} → ${p99Sealing.toFixed(3)} ms`;
  print(`durable p99 without sealing → while sealing (${meanwhile.length} appends)`, both);
  return p99Sealing / p99;
}

/** The first round also warms the code up; the median is of those behind it. */
async function interference(): Promise<void> {
  await within(interfere);
  const ratios: number[] = [];
  for (let round = 0; round < 3; round++) ratios.push(await within(interfere));
  print("  ratio, median of the last three", `${quantile(ascending(ratios), 0.5).toFixed(2)} ×`, "≤ 2 ×");
}

async function opening(directory: string, gibibytes: number): Promise<void> {
  await mkdir(directory, { recursive: true });
  const writing = await openLog(directory, { durability: "os" });
  // Deflate looks back 32 KiB: the same random bytes again and again do not compress.
  const payload = randomBytes(mebibyte);
  for (let i = 0; i < gibibytes * 1024; i++) await writing.append(record(1000 + (i % 1000), payload)).durable;
  await writing.sealed();
  await writing.close();
  const { size } = await directorySize(directory);
  const startedMs = performance.now();
  const log = await openLog(directory);
  const seconds = (performance.now() - startedMs) / 1000;
  print(
    `opening a log of ${(size / 1024 / mebibyte).toFixed(1)} GiB`,
    `${(seconds * 1000).toFixed(0)} ms`,
    "< 1,000 ms",
  );
  await log.close();
}

async function directorySize(directory: string): Promise<{ size: number }> {
  let size = 0;
  for (const name of await readdir(directory)) size += (await stat(join(directory, name))).size;
  return { size };
}

await within(groupCommit);
const updates = paperUpdates();
await within((directory) => density(directory, updates));
await within((directory) => reading(directory, updates));
await interference();
if (Number(values.large) > 0) await within((directory) => opening(directory, Number(values.large)));
print("peak RSS of this run", `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
