import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as prng from "lib0/prng";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type * as Y from "yjs";
import { Edits } from "./harness/acknowledged-edits";
import { flipBit } from "./harness/cli-files";
import { jsonLines, runCli } from "./harness/cli-process";
import { ownClient, reached, stockClient, synced, textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { WritingTable } from "./harness/writing-table";

let original: Awaited<ReturnType<typeof temporaryDirectory>>;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;
let backup: string;
let elsewhere: string;

beforeAll(async () => {
  original = await temporaryDirectory();
  await writeDocuments(original.path, "one");
});

afterAll(() => original.remove());

beforeEach(async () => {
  directory = await temporaryDirectory();
  data = join(directory.path, "data");
  backup = join(directory.path, "backup");
  elsewhere = join(directory.path, "elsewhere");
});

afterEach(() => directory.remove());

test("a backup made while people type holds every edit that was saved before it began", async () => {
  const server = await ServerProcess.start(data);
  const id = await server.createDocument({ title: "draft" });
  const table = new WritingTable(server.socketUrl, id, prng.create(1), 2);
  table.start();
  const writer = ownClient(server.socketUrl, id);
  await reached(writer, "saved");
  const saved = new Edits();
  writer.doc.on("update", (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
    if (local) saved.add(update);
  });
  for (let i = 0; i < 500; i++) writer.doc.getText("content").insert(0, "saved ");
  await reached(writer, "saved");

  expect(await lastBackupSeconds(server)).toBe(0);
  const begunSeconds = Math.floor(Date.now() / 1000);
  const [made] = await jsonLines<{ records: number; damages: [] }>("backup", backup, "--data", data);
  expect(await lastBackupSeconds(server)).toBeGreaterThanOrEqual(begunSeconds);

  await table.leave();
  writer.destroy();
  expect(await server.stop()).toBe(0);
  expect(made?.records).toBeGreaterThanOrEqual(501);
  expect(await runCli(["restore", backup, "--to", elsewhere])).toMatchObject({ code: 0 });
  const restored = await ServerProcess.start(elsewhere);
  expect(restored.recovery).toMatchObject({ records: made?.records, truncatedBytes: 0 });
  const reader = stockClient(restored.socketUrl, id);
  await synced(reader);
  expect(saved.missingFrom(Edits.of(reader.doc))).toEqual([]);
  expect(await restored.text(id)).toBe(textOf(reader.doc));
  reader.destroy();
  expect(await restored.stop()).toBe(0);
});

test("a backup describes itself, and nothing else is left beside it", async () => {
  await copyOneDocument();
  const { code, stdout, stderr } = await runCli(["backup", backup], { SCRIPTORIUM_DATA_DIR: data });

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Backed up 2 records, 1 file, \d+ B to .*backup\.\nThe newest edit is of 2/);
  const manifest = JSON.parse(await readFile(join(backup, "manifest.json"), "utf8"));
  expect(manifest).toEqual({
    format: "scriptorium-backup",
    version: 1,
    product: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    createdAt: expect.stringMatching(/Z$/),
    dataFormat: 2,
    log: { position: 2, revision: expect.stringMatching(/^\d+$/), records: 2 },
    files: [
      {
        path: "log/00000000000000000001.seg",
        bytes: (await stat(join(data, "log", "00000000000000000001.seg"))).size,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ],
    damages: [],
  });
  expect(await readdir(directory.path)).toEqual(["backup", "data"]);
  expect((await readdir(backup)).sort()).toEqual(["log", "manifest.json"]);
});

test("nothing is ever overwritten", async () => {
  await copyOneDocument();
  await mkdir(backup);
  await writeFile(join(backup, "mine.txt"), "precious");

  const { code, stderr } = await runCli(["backup", backup, "--data", data]);

  expect(code).toBe(2);
  expect(stderr).toContain("never overwritten");
  expect(await readdir(backup)).toEqual(["mine.txt"]);
});

test("an empty directory is a target", async () => {
  await copyOneDocument();
  await mkdir(backup);
  expect(await runCli(["backup", backup, "--data", data])).toMatchObject({ code: 0 });
  expect(await runCli(["restore", backup, "--dry-run", "--to", elsewhere])).toMatchObject({ code: 0 });
});

test("a record that is being written is left out", async () => {
  await copyOneDocument();
  const segment = join(data, "log", "00000000000000000001.seg");
  const bytes = await readFile(segment);
  await writeFile(segment, Buffer.concat([bytes, bytes.subarray(64, 64 + 40)]));

  expect(await runCli(["backup", backup, "--data", data])).toMatchObject({ code: 0 });

  expect(await readFile(join(backup, "log", "00000000000000000001.seg"))).toEqual(bytes);
  expect(await runCli(["restore", backup, "--dry-run", "--to", elsewhere])).toMatchObject({ code: 0 });
});

test("a damaged log is backed up as it is, and the damage is told", async () => {
  await writeDocuments(data, "one", "two");
  const segment = join(data, "log", "00000000000000000001.seg");
  await flipBit(segment, 64 + 64);

  const { code, stdout } = await runCli(["backup", backup, "--data", data, "--json"]);

  expect(code).toBe(1);
  expect(JSON.parse(stdout).damages).toMatchObject([{ file: segment, offset: 64 }]);
  const restored = await runCli(["restore", backup, "--to", elsewhere, "--json"]);
  expect(restored.code).toBe(1);
  expect(JSON.parse(restored.stdout)).toMatchObject({ sound: false, restored: true, problems: [] });
  expect(await readFile(join(elsewhere, "log", "00000000000000000001.seg"))).toEqual(await readFile(segment));
});

test("a directory without a manifest is no backup", async () => {
  await copyOneDocument();
  await runCli(["backup", backup, "--data", data]);
  await rm(join(backup, "manifest.json"));

  const { code, stderr } = await runCli(["restore", backup, "--to", elsewhere]);

  expect(code).toBe(2);
  expect(stderr).toContain("is not a backup");
  expect(await readdir(directory.path)).toEqual(["backup", "data"]);
});

test("a manifest of a newer release, and one that is spoilt, are refused", async () => {
  await copyOneDocument();
  await runCli(["backup", backup, "--data", data]);
  const path = join(backup, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  const refusals: [unknown, number, RegExp][] = [
    [{ ...manifest, version: 2 }, 2, /newer than this release/],
    [{ ...manifest, dataFormat: 3 }, 2, /holds data of format 3.*Restore it with Scriptorium \d/],
    [{ ...manifest, format: "tar" }, 1, /not the manifest of a backup/],
    [{ ...manifest, files: [{ ...manifest.files[0], path: "../../etc/passwd" }] }, 1, /files\[0\]\.path/],
    [{ ...manifest, log: { ...manifest.log, records: 7 } }, 1, /names 7 records/],
  ];
  for (const [content, expected, message] of refusals) {
    await writeFile(path, JSON.stringify(content));
    const { code, stdout, stderr } = await runCli(["restore", backup, "--to", elsewhere]);
    expect(code).toBe(expected);
    expect(stdout + stderr).toMatch(message);
  }
  expect(await readdir(directory.path)).toEqual(["backup", "data"]);
});

/** Gives the running test a data directory with one document, which was written for all tests: two records. */
async function copyOneDocument(): Promise<void> {
  await cp(original.path, data, { recursive: true });
}

/** A data directory with one document for each text; two records each. */
async function writeDocuments(data: string, ...texts: string[]): Promise<void> {
  const server = await ServerProcess.start(data);
  for (const text of texts) await server.createDocument({ title: text, text });
  await server.stop();
}

async function lastBackupSeconds({ origin }: ServerProcess): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^scriptorium_backup_timestamp_seconds (\S+)$/m.exec(metrics)?.[1]);
}
