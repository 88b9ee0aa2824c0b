import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Log } from "@scriptorium/log";
import { pino } from "pino";
import { expect, test } from "vitest";
import { noProgress } from "../operations/progress";
import { temporaryDirectory } from "../testing/temporary-directory";
import { currentFormat, readFormat, writeFormat } from "./format-file";
import { migrations } from "./migrations";
import { prepareData } from "./prepare-data";

function prepare(dataDirectory: string, chosen = migrations): Promise<void> {
  return prepareData({
    dataDirectory,
    version: "0.1.0",
    logger: pino({ level: "silent" }),
    progress: () => noProgress,
    migrations: chosen,
  });
}

/** Data as it was before formats were noted: two sealed segments and one that takes records. */
async function writeFirstFormat(dataDirectory: string): Promise<void> {
  const log = await Log.open({
    directory: join(dataDirectory, "log"),
    durability: "os",
    segmentBytesMax: 4096,
  });
  const key = new Uint8Array(16);
  for (let revision = 1n; revision <= 5n; revision++) {
    const payload = new Uint8Array(2000).fill(Number(revision));
    await log.append({ revision, key, stream: 0, kind: 1, author: key, payload }).durable;
  }
  await log.sealed();
  await log.close();
  await writeFile(join(dataDirectory, "node"), "77\n");
  await writeFile(join(dataDirectory, "activity.json.gz"), "what was known");
}

async function sealedSegments(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith(".sealed")).sort();
}

test("notes the format of a new directory, and leaves alone one that has it", async () => {
  const data = join(await temporaryDirectory(), "data");
  await prepare(data);
  expect((await readdir(data)).sort()).toEqual(["format.json", "log", "state"]);
  expect(readFormat(data)).toEqual({ version: currentFormat, product: "0.1.0" });
  const before = await stat(join(data, "format.json"));
  await prepare(data);
  expect((await stat(join(data, "format.json"))).ino).toBe(before.ino);
});

test("migrates data of the first format behind a backup that shares its sealed segments", async () => {
  const data = join(await temporaryDirectory(), "data");
  await writeFirstFormat(data);
  await prepare(data);
  expect(readFormat(data)).toEqual({ version: 2, product: "0.1.0" });
  expect((await readdir(data)).sort()).toEqual(["backups", "format.json", "log", "state"]);
  expect(await readFile(join(data, "state", "node"), "utf8")).toBe("77\n");
  expect((await readdir(join(data, "state"))).sort()).toEqual(["activity.json.gz", "node"]);

  const [backup = "none", ...others] = await readdir(join(data, "backups"));
  expect(others).toEqual([]);
  expect(backup).toMatch(/^before-2-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/);
  const manifest = JSON.parse(await readFile(join(data, "backups", backup, "manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ dataFormat: 1, log: { records: 5 } });
  const [copied, own] = [join(data, "backups", backup, "log"), join(data, "log")];
  const sealed = await sealedSegments(own);
  expect(sealed.length).toBeGreaterThan(0);
  expect(await sealedSegments(copied)).toEqual(sealed);
  for (const name of sealed) {
    expect((await stat(join(copied, name))).ino).toBe((await stat(join(own, name))).ino);
  }
});

test("goes on with a migration that failed, with the one backup", async () => {
  const data = join(await temporaryDirectory(), "data");
  await writeFirstFormat(data);
  const failing = [{ to: 2, run: () => Promise.reject(new Error("ENOSPC: no space left on device")) }];
  await expect(prepare(data, failing)).rejects.toThrow(/from format 1 to 2: ENOSPC[\s\S]*Nothing is lost/);
  expect(readFormat(data)).toMatchObject({ version: 1, migration: { to: 2 } });
  const [backup = "none"] = await readdir(join(data, "backups"));
  await prepare(data);
  expect(readFormat(data)).toEqual({ version: 2, product: "0.1.0" });
  expect(await readdir(join(data, "backups"))).toEqual([backup]);
});

test("makes the backup anew that a crash left unfinished", async () => {
  const data = join(await temporaryDirectory(), "data");
  await writeFirstFormat(data);
  const backup = "before-2-2026-11-22T00-00-00Z";
  const migration = { to: 2, backup, startedAt: "2026-11-22T00:00:00.000Z" };
  await writeFormat(data, { version: 1, product: "0.1.0", migration });
  await mkdir(join(data, "backups", `${backup}.unfinished-1234`, "log"), { recursive: true });
  await prepare(data);
  expect(await readdir(join(data, "backups"))).toEqual([backup]);
});

test("makes the state of a directory that was restored, and has only log and format", async () => {
  const data = await temporaryDirectory();
  await writeFirstFormat(data);
  await writeFormat(data, { version: currentFormat, product: "0.1.0" });
  await prepare(data);
  expect(await readdir(join(data, "state"))).toEqual([]);
  expect(await readdir(data)).not.toContain("backups");
});

test("takes no backup of a log that has nothing yet", async () => {
  const data = await temporaryDirectory();
  await writeFormat(data, { version: 1, product: "0.1.0" });
  await prepare(data);
  expect(readFormat(data)?.version).toBe(2);
  expect((await readdir(data)).sort()).toEqual(["format.json", "log", "state"]);
});

test.each([
  ["a newer format", { version: 3, product: "9.1.0", shape: "of tomorrow" }],
  [
    "a migration to one",
    { version: 2, product: "9.1.0", migration: { to: 3, backup: "b", startedAt: "2030-01-01T00:00:00Z" } },
  ],
])("refuses %s, says which release wrote it, and changes nothing", async (_what, note) => {
  const data = await temporaryDirectory();
  await writeFile(join(data, "format.json"), JSON.stringify({ format: "scriptorium-data", ...note }));
  await expect(prepare(data)).rejects.toThrow(
    /written by Scriptorium 9\.1\.0.*\n.*Start Scriptorium 9\.1\.0 or newer/,
  );
  expect(await readdir(data)).toEqual(["format.json"]);
});

test.each(["", "{}", '{"format":"scriptorium-data","version":0,"product":""}'])(
  "refuses to guess where format.json holds %j",
  async (content) => {
    const data = await temporaryDirectory();
    await writeFile(join(data, "format.json"), content);
    await expect(prepare(data)).rejects.toThrow(/format\.json is damaged/);
  },
);
