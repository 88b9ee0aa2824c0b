import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { expect, onTestFinished } from "vitest";
import { LogError } from "../src/errors";
import { Log } from "../src/log";
import type { LogOptions } from "../src/options";
import type { LogRecord, RecordBytes, RecordInput } from "../src/record";

/** A directory of its own for the running test, removed afterwards. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "log-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/**
 * Makes a log once, by what `write` does to a directory. Resolves with what makes a directory for the running test with
 * a copy of its files: writing the log each time would cost a sync for each record.
 */
export async function onceWritten(
  write: (directory: string) => Promise<void>,
): Promise<() => Promise<string>> {
  const original = await mkdtemp(join(tmpdir(), "log-"));
  await write(original);
  const names = (await readdir(original)).filter((name) => name !== "LOCK");
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(original, name)) })),
  );
  await rm(original, { recursive: true });
  return async () => {
    const directory = await temporaryDirectory();
    for (const { name, bytes } of files) await writeFile(join(directory, name), bytes);
    return directory;
  };
}

/** Opens a log that is closed after the running test. */
export async function openLog(options: LogOptions): Promise<Log> {
  const log = await Log.open(options);
  onTestFinished(() => log.close().catch(() => {}));
  return log;
}

export function keyOf(number: number): Uint8Array {
  const key = new Uint8Array(16);
  new DataView(key.buffer).setUint32(12, number);
  return key;
}

export function recordOf(number: number, overrides: Partial<RecordInput> = {}): RecordInput {
  return {
    revision: BigInt(number),
    key: keyOf(number % 3),
    stream: 1,
    kind: 2,
    author: new Uint8Array(16).fill(9),
    payload: new TextEncoder().encode(`payload ${number}`),
    ...overrides,
  };
}

/** Appends records one commit at a time. */
export async function appendEach(log: Log, records: RecordInput[]): Promise<void> {
  for (const record of records) await log.append(record).durable;
}

export async function collect(records: AsyncIterable<LogRecord>): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

export async function positionsOf(records: AsyncIterable<LogRecord>): Promise<number[]> {
  return (await collect(records)).map(({ position }) => position);
}

export function numbers(from: number, through: number): number[] {
  return Array.from({ length: through - from + 1 }, (_, index) => from + index);
}

/** A fingerprint of every file of the log in the directory: equal if nothing was modified. */
export async function fingerprint(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).filter((name) => name !== "LOCK").sort();
  const entries = names.map(async (name) => {
    const bytes = await readFile(join(directory, name));
    return [name, createHash("sha256").update(bytes).digest("hex")] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The `LogError` that `action` throws or rejects with. */
export async function logErrorOf(action: () => unknown): Promise<LogError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
  return expect.fail("no LogError was thrown");
}

/** Gives the record that fills `memory` the checksum its bytes call for. */
export function reseal(memory: RecordBytes, salt: number): void {
  const { bytes, view } = memory;
  view.setUint32(4, crc32(bytes.subarray(8), (bytes.byteLength ^ salt) >>> 0), true);
}
