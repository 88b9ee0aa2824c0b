import { randomBytes } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { SnowflakeGenerator, ulidFromBytes } from "@scriptorium/ids";
import { Log } from "@scriptorium/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import { flipBit } from "./harness/cli-files";
import { jsonLines, launchCli, runCli } from "./harness/cli-process";
import { temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;
let logDirectory: string;
let backup: string;
let elsewhere: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  data = join(directory.path, "data");
  logDirectory = join(data, "log");
  backup = join(directory.path, "backup");
  elsewhere = join(directory.path, "elsewhere");
});

afterEach(() => directory.remove());

test("backups made while segments roll, are sealed and go hold all that was durable before, and are sound", async () => {
  const log = await openLog();
  const writer = new Writer(log);
  const writing = writer.writeUntilStopped();
  for (const round of [1, 2, 3, 4]) {
    await writer.hasWritten(round * 4000);
    const durable = log.durablePosition;
    const target = `${backup}-${round}`;

    const [made] = await jsonLines<{ position: number }>("backup", target, "--data", data);

    const proof = await jsonLines("restore", target, "--to", elsewhere, "--dry-run");
    const position = made?.position ?? 0;
    expect(position).toBeGreaterThanOrEqual(durable);
    // None is missing, and none is there twice.
    expect(proof).toMatchObject([{ sound: true, content: { position, records: position } }]);
  }
  writer.stop();
  await writing;
  expect(log.statistics().sealing.sealed).toBeGreaterThan(4);
  await log.close();
});

test("a backup holds what is left behind the horizon, also while more is dropped", async () => {
  const log = await openLog();
  const writer = new Writer(log);
  await writer.write(8000);
  await log.sealed();
  expect(await log.dropBefore(3000)).toBeGreaterThan(0);
  const making = jsonLines<{ position: number }>("backup", backup, "--data", data);
  const dropped = await log.dropBefore(6000);
  const [made] = await making;
  await log.close();

  expect(made?.position).toBe(8000);
  expect(await runCli(["restore", backup, "--to", elsewhere])).toMatchObject({ code: 0 });
  const restored = await Log.open({ directory: join(elsewhere, "log") });
  const positions: number[] = [];
  for await (const { position } of restored.read({ after: dropped })) positions.push(position);
  expect(positions).toEqual(Array.from({ length: 8000 - dropped }, (_, index) => dropped + 1 + index));
  await restored.close();
});

test("the next backup shares what has not changed with an earlier one", async () => {
  const log = await openLog();
  const writer = new Writer(log);
  await writer.write(4000);
  await log.sealed();
  await jsonLines("backup", backup, "--data", data);
  await writer.write(4000);
  await log.sealed();
  await log.close();
  const next = join(directory.path, "next");

  const [made] = await jsonLines<{ position: number }>("backup", next, "--since", backup, "--data", data);

  expect(made?.position).toBe(8000);
  const sealed = (await readdir(join(backup, "log"))).filter((name) => name.endsWith(".sealed"));
  expect(sealed.length).toBeGreaterThan(1);
  for (const name of sealed) {
    expect((await stat(join(next, "log", name))).ino).toBe((await stat(join(backup, "log", name))).ino);
  }
  await rm(backup, { recursive: true });
  expect(await runCli(["restore", next, "--dry-run", "--to", elsewhere])).toMatchObject({ code: 0 });
});

test("what has rotted in an earlier backup is copied anew", async () => {
  const log = await openLog();
  await new Writer(log).write(4000);
  await log.sealed();
  await log.close();
  await jsonLines("backup", backup, "--data", data);
  const [name = ""] = (await readdir(join(backup, "log"))).filter((each) => each.endsWith(".sealed"));
  await flipBit(join(backup, "log", name), 200);
  const next = join(directory.path, "next");

  await jsonLines("backup", next, "--since", backup, "--data", data);

  expect(await runCli(["restore", next, "--dry-run", "--to", elsewhere])).toMatchObject({ code: 0 });
  expect(await runCli(["restore", backup, "--dry-run", "--to", elsewhere])).toMatchObject({ code: 1 });
});

test("inspect tells sealed segments and what sealing made of them", async () => {
  const log = await openLog();
  await new Writer(log).write(4000);
  await log.sealed();
  await log.close();

  const { code, stdout } = await runCli(["log", "inspect", "--data", data]);

  expect(code).toBe(0);
  expect(stdout).toMatch(/^0{19}1\.sealed +sealed +1–[\d]+ +[\d,]+ +20 +[\d.]+ \w+ +\d+% /m);
  expect(stdout).toMatch(/^\d+ segments, 4,000 records, /m);
});

test("damage in a sealed segment is named, and dump ends there", async () => {
  const log = await openLog();
  await new Writer(log).write(4000);
  await log.sealed();
  await log.close();
  const names = (await readdir(logDirectory)).filter((each) => each.endsWith(".sealed")).sort();
  const path = join(logDirectory, names[1] ?? "");
  await flipBit(path, 100);

  const { code, stdout } = await runCli(["log", "verify", "--data", data]);

  expect(code).toBe(1);
  expect(stdout).toContain(`${path}, byte 64: `);
  const dump = await runCli(["log", "dump", "--data", data]);
  expect(dump.code).toBe(1);
  expect(dump.stderr).toContain(path);
  expect(dump.stdout.trimEnd().split("\n").length).toBeGreaterThan(10);
});

test("salvage mends a damaged sealed segment, and says first what it will give up", async () => {
  const log = await openLog();
  await new Writer(log).write(4000, 300);
  await log.sealed();
  await log.close();
  const names = (await readdir(logDirectory)).filter((each) => each.endsWith(".sealed")).sort();
  const path = join(logDirectory, names[1] ?? "");
  await flipBit(path, 100);

  const plan = await runCli(["log", "salvage", "--data", data, "--dry-run"]);
  expect(plan).toMatchObject({ code: 0 });
  expect(plan.stdout).toContain(`${path}: `);
  expect(plan.stdout).toMatch(/^Given up, in [\d,]+ more places: [\d,]+ records\.$/m);
  expect(await runCli(["log", "verify", "--data", data])).toMatchObject({ code: 1 });
  const [report] = await jsonLines<{ gaps: { after: number; through: number }[] }>(
    "log",
    "salvage",
    "--yes",
    "--data",
    data,
  );

  expect(report).toMatchObject({ salvaged: true, segments: [{ file: path, keptAs: `${path}.damaged-1` }] });
  const lost = report?.gaps.reduce((sum, { after, through }) => sum + through - after, 0) ?? 0;
  expect(lost).toBeGreaterThan(0);
  const [verified] = await jsonLines("log", "verify", "--data", data);
  expect(verified).toMatchObject({ sound: true, records: 4000 - lost, salvaged: [path], chainStarts: [] });
  expect(await jsonLines("log", "dump", "--data", data)).toHaveLength(4000 - lost);
  const { stdout } = await runCli(["log", "verify", "--data", data]);
  expect(stdout).toContain(`${path} was rewritten by salvage`);
});

test("dump of one document reads its records alone, and so gets past damage in those of others", async () => {
  const log = await openLog();
  const writer = new Writer(log);
  await writer.write(4000, 300);
  await log.sealed();
  await log.close();
  const names = (await readdir(logDirectory)).filter((each) => each.endsWith(".sealed")).sort();
  // The first block holds the lowest keys.
  await flipBit(join(logDirectory, names[1] ?? ""), 100);
  const [lowest, ...others] = writer.documents;

  const { stdout, code } = await runCli([
    "log",
    "dump",
    "--data",
    data,
    "--document",
    others.at(-1) ?? "",
    "--json",
  ]);

  expect(code).toBe(0);
  const dumped = stdout
    .trimEnd()
    .split("\n")
    .map((line): { document: string } => JSON.parse(line));
  expect(dumped).toHaveLength(200);
  expect(new Set(dumped.map(({ document }) => document))).toEqual(new Set([others.at(-1)]));
  expect(await runCli(["log", "dump", "--data", data, "--document", lowest ?? ""])).toMatchObject({
    code: 1,
  });
});

test("a backup that is interrupted leaves nothing", async () => {
  const log = await openLog();
  await new Writer(log).write(2000, 32_768);
  await log.close();
  const { child, ended } = launchCli(["backup", backup, "--data", data]);
  while (!(await readdir(directory.path)).some((name) => name.startsWith("backup.unfinished-"))) {
    await new Promise(setImmediate);
  }
  child.kill("SIGTERM");

  expect(await ended).toBe(130);
  expect(await readdir(directory.path)).toEqual(["data"]);
});

function openLog(): Promise<Log> {
  return Log.open({ directory: logDirectory, durability: "os", segmentBytesMax: 128 * 1024 });
}

/** Writes small records of 20 keys. */
class Writer {
  readonly #log: Log;
  readonly #revisions = new SnowflakeGenerator({ node: 0 });
  readonly #keys = Array.from({ length: 20 }, () => randomBytes(16));
  readonly #author = randomBytes(16);
  #stopped = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** The IDs that its keys stand for, ascending. */
  get documents(): string[] {
    return this.#keys.map((key) => ulidFromBytes(key)).sort();
  }

  /** Resolves when so many more records are durable. */
  async write(records: number, payloadBytes = 20): Promise<void> {
    for (let i = 1; i <= records; i++) {
      const key = this.#keys[i % this.#keys.length] ?? this.#author;
      const payload = randomBytes(payloadBytes);
      const revision = this.#revisions.next();
      const record = { revision, key, stream: 1, kind: 1, author: this.#author, payload };
      const { durable } = this.#log.append(record);
      // A segment can only end between commits.
      if (i % 50 === 0 || i === records) await durable;
    }
  }

  async writeUntilStopped(): Promise<void> {
    while (!this.#stopped) await this.write(200);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Resolves when the log is durable up to `position`. */
  hasWritten(position: number): Promise<void> {
    return new Promise((resolve) => {
      const check = (durable: number) => {
        if (durable < position) return;
        unsubscribe();
        resolve();
      };
      const unsubscribe = this.#log.onDurable(check);
      check(this.#log.durablePosition);
    });
  }
}
