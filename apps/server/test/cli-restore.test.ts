import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { flipBit } from "./harness/cli-files";
import { jsonLines, runCli } from "./harness/cli-process";
import { ownClient, reached } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

interface DumpLine {
  readonly position: number;
  readonly revision: string;
  readonly time: string;
  readonly author: string;
  readonly stream: string;
  readonly document: string;
  readonly kind: string;
}

const instance = "0".repeat(26);

interface Written {
  readonly id: string;
  readonly dumped: readonly DumpLine[];
}

let original: Awaited<ReturnType<typeof temporaryDirectory>>;
let written: Written;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;
let backup: string;
let elsewhere: string;

beforeAll(async () => {
  original = await temporaryDirectory();
  written = await writeBeforeAndAfter(join(original.path, "data"), join(original.path, "backup"));
});

afterAll(() => original.remove());

beforeEach(async () => {
  directory = await temporaryDirectory();
  data = join(directory.path, "data");
  backup = join(directory.path, "backup");
  elsewhere = join(directory.path, "elsewhere");
});

afterEach(() => directory.remove());

test.each(["revision", "time"] as const)("a %s between two edits gives the text of then", async (kind) => {
  const { id, dumped } = await copyBeforeAndAfter();
  const moment = dumped.at(-1)?.[kind] ?? "";

  const restore = ["restore", backup, "--to", elsewhere, "--at", moment, "--json"];
  const { code, stdout } = await runCli(restore);

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    sound: true,
    restored: true,
    // The edit, and how the document was used.
    undone: 2,
    content: { documents: 1, records: dumped.length, newestEdit: dumped.at(-1)?.time },
  });
  const { epoch }: { epoch: string } = JSON.parse(stdout);
  const restoredRecords = await jsonLines<DumpLine>("log", "dump", "--data", elsewhere);
  expect(restoredRecords.slice(0, -1)).toEqual(dumped);
  expect(restoredRecords.at(-1)).toMatchObject({
    document: instance,
    stream: "catalogue",
    kind: "restoredTo",
  });
  const restored = await ServerProcess.start(elsewhere);
  expect(await restored.text(id)).toBe("before");
  expect(await epochOf(restored, id)).toBe(epoch);
  // The new log takes edits, with revisions above all that clients may have seen, of the time undone as well.
  const undone = (await jsonLines<DumpLine>("log", "dump", "--data", data)).at(-1)?.revision ?? 0;
  expect(BigInt(restoredRecords.at(-1)?.revision ?? 0)).toBeGreaterThan(BigInt(undone));
  const later = await restored.createDocument({ title: "later" });
  expect(await epochOf(restored, later)).toBe(later);
  expect(await restored.stop()).toBe(0);
  const [next] = await jsonLines<DumpLine>(
    "log",
    "dump",
    "--data",
    elsewhere,
    "--after",
    String(restoredRecords.length),
  );
  expect(BigInt(next?.revision ?? 0)).toBeGreaterThan(BigInt(restoredRecords.at(-1)?.revision ?? 0));
});

test("the epoch of a restore is in the log: it survives the loss of the projections, backups, and another restore", async () => {
  const { id, dumped } = await copyBeforeAndAfter();
  const epoch = await restoreAt(backup, elsewhere, dumped.at(-1)?.revision ?? "");
  const restored = await ServerProcess.start(elsewhere);
  expect(await epochOf(restored, id)).toBe(epoch);
  await restored.stop();
  await rm(join(elsewhere, "projections"), { recursive: true });
  const rebuilt = await ServerProcess.start(elsewhere);
  expect(await epochOf(rebuilt, id)).toBe(epoch);
  await rebuilt.createDocument({ title: "later" });
  await rebuilt.stop();

  // The newest state of a backup undoes nothing: what clients have beyond it is welcome.
  const second = join(directory.path, "second");
  await jsonLines("backup", second, "--data", elsewhere);
  const whole = join(directory.path, "whole");
  expect(await runCli(["restore", second, "--to", whole])).toMatchObject({ code: 0 });
  const moved = await ServerProcess.start(whole);
  expect(await epochOf(moved, id)).toBe(epoch);
  await moved.stop();

  // A moment before the first restore takes its record away, and begins yet another epoch.
  const again = join(directory.path, "again");
  const third = await restoreAt(second, again, dumped.at(-1)?.revision ?? "");
  expect([third === epoch, third === id]).toEqual([false, false]);
  const back = await ServerProcess.start(again);
  expect(await epochOf(back, id)).toBe(third);
  await back.stop();
});

test("a time before everything restores nothing", async () => {
  await copyBeforeAndAfter();
  const { code, stderr } = await runCli(["restore", backup, "--to", elsewhere, "--at", "2024-06-01"]);
  expect(code).toBe(2);
  expect(stderr).toContain("nothing that is as old as that");
  expect(await readdir(directory.path)).toEqual(["backup", "data"]);
});

test("a time after everything restores everything", async () => {
  const { id } = await copyBeforeAndAfter();
  expect(await runCli(["restore", backup, "--to", elsewhere, "--at", "2090-01-01"])).toMatchObject({
    code: 0,
  });
  const restored = await ServerProcess.start(elsewhere);
  expect(await restored.text(id)).toBe("before and after");
  // Nothing is undone, so nothing that clients have is of another time.
  expect(await epochOf(restored, id)).toBe(id);
  const kinds = (await jsonLines<DumpLine>("log", "dump", "--data", elsewhere)).map(({ kind }) => kind);
  expect(kinds).not.toContain("restoredTo");
  expect(await restored.stop()).toBe(0);
});

test("a dry run proves the backup and changes nothing, even where there is a log", async () => {
  await copyBeforeAndAfter();
  const before = await readdir(join(data, "log"));

  const { code, stdout } = await runCli(["restore", backup, "--dry-run"], { SCRIPTORIUM_DATA_DIR: data });

  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^The backup of .* is sound\.\nWould restore 1 document, \d+ records; the newest edit is of 2/,
  );
  expect(await readdir(join(data, "log"))).toEqual(before);
});

test("a flipped bit in a backup fails, with file and byte, and nothing is restored", async () => {
  await copyBeforeAndAfter();
  const segment = join(backup, "log", "00000000000000000001.seg");
  await flipBit(segment, 64 + 64);

  for (const dryRun of [["--dry-run"], []]) {
    const { code, stdout } = await runCli(["restore", backup, "--to", elsewhere, ...dryRun]);
    expect(code).toBe(1);
    expect(stdout).toContain(`${segment}: is not what was backed up: its SHA-256 differs`);
    expect(stdout).toContain(`${segment}, byte 64: `);
    expect(stdout).toContain("Nothing was restored.");
  }
  expect(await readdir(directory.path)).toEqual(["backup", "data"]);
});

test("files that are missing, cut short or foreign fail a backup", async () => {
  await copyBeforeAndAfter();
  const segment = join(backup, "log", "00000000000000000001.seg");
  const bytes = await readFile(segment);
  const prove = () => runCli(["restore", backup, "--to", elsewhere, "--dry-run"]);

  await writeFile(segment, bytes.subarray(0, -1));
  expect(await prove()).toMatchObject({ code: 1, stdout: expect.stringMatching(/has \d+ bytes, not \d+/) });
  await writeFile(segment, bytes);
  await writeFile(join(backup, "log", "00000000000000000099.seg"), bytes);
  expect(await prove()).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("is no part of the backup"),
  });
});

test("a log that is there is never touched", async () => {
  await copyBeforeAndAfter();
  const segment = join(data, "log", "00000000000000000001.seg");
  const bytes = await readFile(segment);

  const { code, stderr } = await runCli(["restore", backup, "--to", data]);

  expect(code).toBe(2);
  expect(stderr).toContain(`${join(data, "log")} is not empty`);
  expect(stderr).toContain("--to");
  expect(await readFile(segment)).toEqual(bytes);
});

test("projections of a log that is gone are removed", async () => {
  const { id } = await copyBeforeAndAfter();
  const other = await ServerProcess.start(elsewhere);
  // Shorter than the one restored: nothing but their content tells that these projections are of another log.
  await other.createDocument({ title: "of another log" });
  await other.stop();
  await rename(join(elsewhere, "log"), join(directory.path, "log-that-was"));

  expect(await runCli(["restore", backup, "--to", elsewhere])).toMatchObject({ code: 0 });

  const restored = await ServerProcess.start(elsewhere);
  const list = await (await fetch(`${restored.origin}/api/v1/documents`)).json();
  expect(list).toMatchObject({ documents: [{ id, title: "draft" }] });
  expect(await restored.stop()).toBe(0);
});

async function epochOf(server: ServerProcess, id: string): Promise<string> {
  const response = await fetch(`${server.origin}/api/v1/documents/${id}`);
  const { epoch } = (await response.json()) as { epoch: string };
  return epoch;
}

/** @returns the new epoch */
async function restoreAt(source: string, to: string, moment: string): Promise<string> {
  const [result] = await jsonLines<{ epoch: string | null }>("restore", source, "--to", to, "--at", moment);
  if (typeof result?.epoch !== "string") throw new Error("nothing was undone");
  return result.epoch;
}

/** The data and the backup that were written for all tests, for the running one to use and to spoil. */
async function copyBeforeAndAfter(): Promise<Written> {
  await cp(original.path, directory.path, { recursive: true });
  return written;
}

/** Two edits, at different times, of the only document; then a backup. */
async function writeBeforeAndAfter(data: string, backup: string): Promise<Written> {
  const server = await ServerProcess.start(data);
  const id = await server.createDocument({ title: "draft" });
  const writer = ownClient(server.socketUrl, id);
  await reached(writer, "saved");
  writer.doc.getText("content").insert(0, "before");
  await reached(writer, "saved");
  const dumped = await jsonLines<DumpLine>("log", "dump", "--data", data);
  const newestMs = Date.parse(dumped.at(-1)?.time ?? "");
  while (Date.now() <= newestMs) await new Promise(setImmediate);
  writer.doc.getText("content").insert("before".length, " and after");
  await reached(writer, "saved");
  writer.destroy();
  await server.stop();
  await jsonLines("backup", backup, "--data", data);
  return { id, dumped };
}
