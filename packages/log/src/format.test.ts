import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collect, fingerprint, openLog, recordOf, temporaryDirectory } from "../test/support";
import { LogReader } from "./log-reader";
import type { LogRecord } from "./record";
import { verifyLog } from "./verify";

/*
 * The fixtures are logs as each released format wrote them. They are never written again: if a test here
 * fails, it is the code that forgot how to read them.
 */
const fixtures = new URL("../test/fixtures/", import.meta.url);

function inHex({ revision, key, author, payload, ...rest }: LogRecord) {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  return { ...rest, revision: String(revision), key: hex(key), author: hex(author), payload: hex(payload) };
}

test.each(["v1"])("reads, and continues, a log of format %s", async (format) => {
  const directory = join(await temporaryDirectory(), "log");
  await cp(new URL(format, fixtures), directory, { recursive: true });
  const untouched = await fingerprint(directory);
  const expected: unknown = JSON.parse(await readFile(join(directory, "records.json"), "utf8"));

  const reader = await LogReader.open({ directory });
  expect((await collect(reader.read(11))).map(inHex)).toEqual(expected);
  await reader.close();

  const log = await openLog({ directory, sealing: false });
  expect(log.recovery).toMatchObject({ segments: 2, records: 8, truncatedBytes: 0 });
  expect(log.newestRevision).toBe(0x1000_0000_0000_0000n + 11n * 4_194_304n);
  expect((await collect(log.read())).map(inHex)).toEqual(expected);
  expect(await fingerprint(directory)).toEqual(untouched);
  const appended = log.append(recordOf(1));
  await appended.durable;
  expect(appended.position).toBe(12);
});

test("reads, checks and continues a sealed log of format v1", async () => {
  const directory = join(await temporaryDirectory(), "log");
  await cp(new URL("v1-sealed", fixtures), directory, { recursive: true });
  const untouched = await fingerprint(directory);
  const expected: ReturnType<typeof inHex>[] = JSON.parse(
    await readFile(join(directory, "records.json"), "utf8"),
  );

  const reader = await LogReader.open({ directory });
  expect((await collect(reader.read(90))).map(inHex)).toEqual(expected);
  await reader.close();
  expect(await verifyLog(directory)).toMatchObject({ damages: [], chainStarts: [], records: 90 });

  const log = await openLog({ directory, sealing: false });
  const { segments } = log.recovery;
  expect(log.recovery).toMatchObject({ sealedSegments: segments - 1, scannedSegments: 1, records: 90 });
  expect(log.newestRevision).toBe(0xffff_ffff_ffff_fff0n);
  for (const key of new Set(expected.map((each) => each.key))) {
    const own = expected.filter((each) => each.key === key);
    const read = await collect(log.readKey(Buffer.from(key, "hex"), { reverse: true }));
    expect(read.map(inHex)).toEqual(own.toReversed());
  }
  expect(await fingerprint(directory)).toEqual(untouched);
  const appended = log.append(recordOf(1));
  await appended.durable;
  expect(appended.position).toBe(91);
});
