import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { flipBit } from "./harness/cli-files";
import { jsonLines, launchCli, runCli } from "./harness/cli-process";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;
let segment: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  data = directory.path;
  segment = join(data, "log", "00000000000000000001.seg");
});

afterEach(() => directory.remove());

test("inspect, dump and verify work while the server runs", async () => {
  const server = await ServerProcess.start(data);
  const id = await server.createDocument({ title: "draft", text: "Hello" });
  const other = await server.createDocument({ title: "another" });

  const [inspected] = await jsonLines("log", "inspect", "--data", data);
  const dumped = await jsonLines("log", "dump", "--data", data, "--text");
  const [verified] = await jsonLines("log", "verify", "--data", data);

  const ulid = expect.stringMatching(/^[0-9A-Z]{26}$/);
  const revision = expect.stringMatching(/^\d+$/);
  const time = expect.stringMatching(/^\d{4}-.*Z$/);
  const common = { revision, time, author: ulid, bytes: expect.any(Number) };
  expect(inspected).toEqual({
    directory: join(data, "log"),
    records: 3,
    bytes: expect.any(Number),
    lastPosition: 3,
    newestRevision: revision,
    horizonPosition: 0,
    segments: [
      {
        file: segment,
        kind: "plain",
        base: 1,
        lastPosition: 3,
        records: 3,
        documents: 2,
        bytes: expect.any(Number),
        sourceBytes: null,
        createdAt: time,
        revisionMin: revision,
        revisionMax: revision,
      },
    ],
  });
  const created = { stream: "catalogue", kind: "created" };
  expect(dumped).toEqual([
    { ...common, position: 1, document: id, stream: "text", kind: "update", text: null },
    { ...common, ...created, position: 2, document: id, text: { title: "draft" } },
    { ...common, ...created, position: 3, document: other, text: { title: "another" } },
  ]);
  expect(verified).toEqual({
    sound: true,
    directory: join(data, "log"),
    segments: 1,
    sealedSegments: 0,
    records: 3,
    bytes: expect.any(Number),
    lastPosition: 3,
    newestRevision: revision,
    horizonPosition: 0,
    gaps: [],
    salvaged: [],
    chainStarts: [],
    tail: null,
    damages: [],
  });
  expect(await server.stop()).toBe(0);
});

test("dump takes one document, a start and a limit, and shows payloads", async () => {
  const [first, second] = await writeDocuments("one", "two", "three");
  const dump = (...args: string[]) => jsonLines<{ position: number }>("log", "dump", "--data", data, ...args);
  const positions = async (...args: string[]) => (await dump(...args)).map(({ position }) => position);

  expect(await positions("--document", second ?? "")).toEqual([3, 4]);
  expect(await positions("--after", "4")).toEqual([5, 6]);
  expect(await positions("--after", "1", "--limit", "2")).toEqual([2, 3]);
  expect(await dump("--document", (first ?? "").toLowerCase(), "--after", "1", "--payload")).toMatchObject([
    { bytes: 15, payload: Buffer.from('{"title":"one"}').toString("hex") },
  ]);
  const { stdout } = await runCli(["log", "dump", "--data", data, "--text"]);
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(9);
  expect(lines[1]).toMatch(new RegExp(`^ +2 +\\d+ +\\S+Z +${first} +catalogue/created +\\w{26} +15$`));
  expect(lines[2]?.trim()).toBe('{"title":"one"}');
});

test("dump stops quietly when its reader has gone", async () => {
  await writeDocuments("one", "two");
  const { child, ended } = launchCli(["log", "dump", "--data", data]);
  child.stdout.destroy();
  expect(await text(child.stderr)).toBe("");
  expect(await ended).toBe(141);
});

test("inspect draws a table", async () => {
  await writeDocuments("one");
  const { code, stdout } = await runCli(["log", "inspect", "--data", data]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^segment +kind +positions +records +documents +size +sealed to +first +last$/m);
  expect(stdout).toMatch(/^00000000000000000001\.seg +plain +1–2 +2 +1 +\d+ B +– +2\S+Z +2\S+Z$/m);
  expect(stdout).toMatch(/^1 segment, 2 records, \d+ B in /m);
});

test("verify names every damaged place, and what to do", async () => {
  await writeDocuments("one", "two");
  await flipBit(segment, 64 + 64);

  const { code, stdout } = await runCli(["log", "verify", "--data", data]);

  expect(code).toBe(1);
  expect(stdout).toContain(`${segment}, byte 64: `);
  expect(stdout).toMatch(/salvage/);
  expect(stdout).toMatch(/is damaged in 1 place:/);
  const json = await runCli(["log", "verify", "--data", data, "--json"]);
  expect(json).toMatchObject({ code: 1, stderr: "" });
  expect(JSON.parse(json.stdout)).toMatchObject({
    sound: false,
    damages: [{ file: segment, offset: 64, what: expect.any(String), hint: expect.any(String) }],
  });
});

test("a log that the server refuses is salvaged: what is intact is there again, the damaged file is kept", async () => {
  const [, second, third] = await writeDocuments("one", "two", "three");
  await flipBit(segment, 64 + 64);
  const damaged = await readFile(segment);
  const refused = ServerProcess.launch(data);
  expect(await refused.ended).toBe(1);

  const plan = await runCli(["log", "salvage", "--data", data, "--dry-run"]);
  expect(plan).toMatchObject({ code: 0, stderr: "" });
  expect(plan.stdout).toContain(`${segment}: 5 records intact.`);
  const unasked = await runCli(["log", "salvage", "--data", data]);
  expect(unasked.code).toBe(2);
  expect(unasked.stderr).toContain("Say --yes");
  expect(await readFile(segment)).toEqual(damaged);

  const [report] = await jsonLines<{ segments: { keptAs: string }[] }>(
    "log",
    "salvage",
    "--yes",
    "--data",
    data,
  );

  expect(report).toMatchObject({
    salvaged: true,
    segments: [{ file: segment, recordsKept: 5, lost: [{ offset: 64 }] }],
    gaps: [{ after: 0, through: 1 }],
    untouched: [],
  });
  expect(await readFile(report?.segments[0]?.keptAs ?? "")).toEqual(damaged);
  const verified = await runCli(["log", "verify", "--data", data]);
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining("were given up by salvage") });
  const dumped = await jsonLines<{ position: number }>("log", "dump", "--data", data);
  expect(dumped.map(({ position }) => position)).toEqual([2, 3, 4, 5, 6]);
  const server = await ServerProcess.start(data);
  expect(await server.text(second ?? "")).toBe("text of two");
  expect(await server.text(third ?? "")).toBe("text of three");
  expect(await server.stop()).toBe(0);
});

test("a sound log has nothing to salvage, and is left as it is", async () => {
  await writeDocuments("one");
  const before = await readdir(join(data, "log"));
  const { code, stdout } = await runCli(["log", "salvage", "--data", data]);
  expect(code).toBe(0);
  expect(stdout).toContain("nothing to salvage");
  expect(await readdir(join(data, "log"))).toEqual(before);
});

test("a log is not salvaged while a server has it", async () => {
  const server = await ServerProcess.start(data);
  await server.createDocument({ title: "one", text: "one" });
  await server.createDocument({ title: "two", text: "two" });
  await flipBit(segment, 64 + 64);

  const { code, stderr } = await runCli(["log", "salvage", "--data", data, "--yes"]);

  expect(code).toBe(2);
  expect(stderr).toContain("is in use");
  await server.stop("SIGKILL");
});

/** A data directory with one document for each title; two records each. @returns their IDs */
async function writeDocuments(...titles: string[]): Promise<string[]> {
  const server = await ServerProcess.start(data);
  const ids: string[] = [];
  for (const title of titles) ids.push(await server.createDocument({ title, text: `text of ${title}` }));
  await server.stop();
  return ids;
}
