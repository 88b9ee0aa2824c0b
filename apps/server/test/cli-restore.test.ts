import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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
}

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;
let backup: string;
let elsewhere: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  data = join(directory.path, "data");
  backup = join(directory.path, "backup");
  elsewhere = join(directory.path, "elsewhere");
});

afterEach(() => directory.remove());

test.each(["revision", "time"] as const)("a %s between two edits gives the text of then", async (kind) => {
  const { id, dumped } = await writeBeforeAndAfter();
  const moment = dumped.at(-1)?.[kind] ?? "";

  const restore = ["restore", backup, "--to", elsewhere, "--at", moment, "--json"];
  const { code, stdout } = await runCli(restore);

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    sound: true,
    restored: true,
    content: { documents: 1, records: dumped.length, newestEdit: dumped.at(-1)?.time },
  });
  expect(await jsonLines("log", "dump", "--data", elsewhere)).toEqual(dumped);
  const restored = await ServerProcess.start(elsewhere);
  expect(await restored.text(id)).toBe("before");
  // The new log takes edits, with revisions above the old ones.
  await restored.createDocument({ title: "later" });
  expect(await restored.stop()).toBe(0);
  const [later] = await jsonLines<DumpLine>(
    "log",
    "dump",
    "--data",
    elsewhere,
    "--after",
    String(dumped.length),
  );
  expect(BigInt(later?.revision ?? 0)).toBeGreaterThan(BigInt(dumped.at(-1)?.revision ?? 0));
});

test("a time before everything restores nothing", async () => {
  await writeBeforeAndAfter();
  const { code, stderr } = await runCli(["restore", backup, "--to", elsewhere, "--at", "2024-06-01"]);
  expect(code).toBe(2);
  expect(stderr).toContain("nothing that is as old as that");
  expect(await readdir(directory.path)).toEqual(["backup", "data"]);
});

test("a time after everything restores everything", async () => {
  const { id } = await writeBeforeAndAfter();
  expect(await runCli(["restore", backup, "--to", elsewhere, "--at", "2090-01-01"])).toMatchObject({
    code: 0,
  });
  const restored = await ServerProcess.start(elsewhere);
  expect(await restored.text(id)).toBe("before and after");
  expect(await restored.stop()).toBe(0);
});

test("a dry run proves the backup and changes nothing, even where there is a log", async () => {
  await writeBeforeAndAfter();
  const before = await readdir(join(data, "log"));

  const { code, stdout } = await runCli(["restore", backup, "--dry-run"], { SCRIPTORIUM_DATA_DIR: data });

  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^The backup of .* is sound\.\nWould restore 1 document, \d+ records; the newest edit is of 2/,
  );
  expect(await readdir(join(data, "log"))).toEqual(before);
});

test("a flipped bit in a backup fails, with file and byte, and nothing is restored", async () => {
  await writeBeforeAndAfter();
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
  await writeBeforeAndAfter();
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
  await writeBeforeAndAfter();
  const segment = join(data, "log", "00000000000000000001.seg");
  const bytes = await readFile(segment);

  const { code, stderr } = await runCli(["restore", backup, "--to", data]);

  expect(code).toBe(2);
  expect(stderr).toContain(`${join(data, "log")} is not empty`);
  expect(stderr).toContain("--to");
  expect(await readFile(segment)).toEqual(bytes);
});

test("projections of a log that is gone are removed", async () => {
  const { id } = await writeBeforeAndAfter();
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

/** Two edits, at different times, of the only document; then a backup. */
async function writeBeforeAndAfter(): Promise<{ id: string; dumped: DumpLine[] }> {
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
