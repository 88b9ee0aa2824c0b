import { watch } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { flipBit } from "./harness/cli-files";
import { jsonLines, launchCli, runCli } from "./harness/cli-process";
import { ownClient, reached } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

interface DumpLine {
  readonly revision: string;
  readonly document: string;
  readonly stream: string;
  readonly kind: string;
}

interface Imported {
  readonly imported: boolean;
  readonly added: number;
  readonly present: number;
  readonly copies: readonly { readonly id: string; readonly of: string }[];
  readonly logBefore: string | null;
}

/** What the first instance has, and its archive. */
interface Original {
  readonly typed: string;
  readonly trashed: string;
  readonly entries: readonly Record<string, unknown>[];
  readonly authors: unknown;
  readonly archive: string;
}

let shared: Awaited<ReturnType<typeof temporaryDirectory>>;
let original: Original;
/** The data directory of an instance with a document of its own, and that document. */
let own: { readonly data: string; readonly id: string };
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;

beforeAll(async () => {
  shared = await temporaryDirectory();
  original = await writeOriginal(shared.path);
  own = await writeOwn(join(shared.path, "own"));
});

afterAll(() => shared.remove());

beforeEach(async () => {
  directory = await temporaryDirectory();
  data = join(directory.path, "data");
});

afterEach(() => directory.remove());

test("an archive made while the server runs carries text, history, authors, tags and trash to another instance", async () => {
  const { archive, typed, trashed, entries, authors } = original;

  expect(await importInto(data)).toMatchObject({ imported: true, added: 2, present: 0, logBefore: null });

  const there = (await dump(data)).filter(({ kind }) => kind !== "imported");
  expect(there).toEqual((await recordsOf(archive)).map(asDumped));
  const server = await ServerProcess.start(data);
  expect(await Promise.all([typed, trashed].map((id) => entryOf(server, id)))).toEqual(entries);
  expect(await server.text(typed)).toBe("Written by two");
  expect(await authorsOf(server, typed)).toEqual(authors);
  // It goes on from there, with revisions above all that came.
  const later = await server.createDocument({ title: "later" });
  await server.stop();
  const newest = (await dump(data)).filter(({ document }) => document === later).at(0)?.revision ?? 0;
  for (const { revision } of there) expect(BigInt(newest)).toBeGreaterThan(BigInt(revision));
});

test("the same import again does nothing, also after people have gone on writing", async () => {
  await importInto(data);
  const server = await ServerProcess.start(data);
  await type(server, original.typed, "Grace", " and more");
  await server.stop();
  const before = await dump(data);

  expect(await importInto(data)).toMatchObject({ imported: false, added: 0, present: 2 });

  expect(await dump(data)).toEqual(before);
});

test("an instance with documents of its own keeps them, and each record gets its place in time", async () => {
  await cp(own.data, data, { recursive: true });

  const { logBefore } = await importInto(data);

  expect(logBefore).toBe(join(data, "log.before-import-1"));
  const revisions = (await dump(data)).map(({ revision }) => BigInt(revision));
  expect(revisions).toEqual(revisions.toSorted((a, b) => (a < b ? -1 : 1)));
  expect((await runCli(["log", "verify", "--data", data])).code).toBe(0);
  const server = await ServerProcess.start(data);
  expect([await server.text(own.id), await server.text(original.typed)]).toEqual([
    "was here",
    "Written by two",
  ]);
  await server.stop();
});

test("a document that is another here is refused with everything, unless copies are asked for", async () => {
  const { archive, typed } = original;
  const since = join(directory.path, "since");
  await importInto(since);
  const elsewhere = await ServerProcess.start(since);
  await type(elsewhere, typed, "Ada", ", there");
  await elsewhere.stop();
  const newer = join(directory.path, "newer.archive");
  await jsonLines("export", "--archive", newer, "--data", since, "--document", typed);
  await importInto(data);
  const before = await dump(data);

  const refused = await runCli(["import", "--archive", newer, "--data", data, "--json"]);

  expect(refused.code).toBe(2);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "IN_THE_WAY" } });
  expect(refused.stderr).toMatch(/"Typed".*--rename/);
  expect(await dump(data)).toEqual(before);

  const renamed = await importInto(data, newer, "--rename");
  const [copy] = renamed.copies;
  expect(renamed).toMatchObject({ added: 1, copies: [{ of: typed }] });
  expect(await importInto(data, newer, "--rename")).toMatchObject({ added: 0, present: 1 });
  const server = await ServerProcess.start(data);
  expect(await server.text(copy?.id ?? "")).toBe("Written by two, there");
  expect(await server.text(typed)).toBe("Written by two");
  expect(await entryOf(server, copy?.id ?? "")).toMatchObject({ title: "Typed", epoch: copy?.id });
  await server.stop();
  expect(archive).not.toBe(newer);
});

test("an epoch that a restore began goes along", async () => {
  await importInto(data);
  const moment = (await dump(data)).at(-2)?.revision ?? "";
  const backup = join(directory.path, "backup");
  await jsonLines("backup", backup, "--data", data);
  const restored = join(directory.path, "restored");
  const [{ epoch }] = (await jsonLines<{ epoch: string }>(
    ...["restore", backup, "--to", restored, "--at", moment],
  )) as [{ epoch: string }];
  const whole = join(directory.path, "whole");
  const alone = join(directory.path, "alone");
  await jsonLines("export", "--archive", whole, "--data", restored);
  await jsonLines("export", "--archive", alone, "--data", restored, "--document", original.typed);
  const [document] = (await entriesOf(whole)).filter(({ id }) => id === original.typed);

  expect(document).toMatchObject({ epoch });
  expect((await entriesOf(alone)).filter(({ type }) => type === "document")).toEqual([document]);
  const target = join(directory.path, "target");
  await importInto(target, alone);
  const server = await ServerProcess.start(target);
  expect(await entryOf(server, original.typed)).toMatchObject({ epoch });
  await server.stop();
});

test("an archive that is damaged is refused, and nothing is imported", async () => {
  const archive = join(directory.path, "damaged");
  const bytes = await readFile(original.archive);
  await writeFile(archive, bytes.subarray(0, bytes.length - 1));

  const { code, stderr } = await runCli(["import", "--archive", archive, "--data", data]);

  expect(stderr).toMatch(/cut off/);
  expect(code).toBe(1);
  expect(await readdir(directory.path)).not.toContain("data");
});

test("killed while it writes, the import leaves the log as it was; the next one completes and clears up", async () => {
  await cp(own.data, data, { recursive: true });
  const before = await dump(data);
  const begun = new Promise<void>((resolve) => {
    const watcher = watch(data, (_event, name) => {
      if (name?.startsWith("log.next.unfinished-") !== true) return;
      watcher.close();
      resolve();
    });
  });
  const { child, ended } = launchCli(["import", "--archive", original.archive, "--data", data]);
  await begun;
  child.kill("SIGKILL");
  await ended;
  // Nobody saw it half-way: what there is, is what was.
  if ((await readdir(data)).some((name) => name.includes("unfinished")))
    expect(await dump(data)).toEqual(before);

  expect((await runCli(["import", "--archive", original.archive, "--data", data])).code).toBe(0);

  expect((await readdir(data)).filter((name) => name.includes("unfinished"))).toEqual([]);
  const server = await ServerProcess.start(data);
  expect([await server.text(own.id), await server.text(original.typed)]).toEqual([
    "was here",
    "Written by two",
  ]);
  await server.stop();
});

test.each([
  ["before the old log is moved", ["log"]],
  ["after the old log is moved", ["log.before-import-1"]],
])("killed %s, whoever opens the data next finishes the import", async (_title, [oldLog = ""]) => {
  await cp(own.data, data, { recursive: true });
  const whole = join(directory.path, "whole");
  await cp(data, whole, { recursive: true });
  await importInto(whole);
  await rename(join(data, "log"), join(data, oldLog));
  await rename(join(whole, "log"), join(data, "log.next"));

  const server = await ServerProcess.start(data);

  expect([await server.text(own.id), await server.text(original.typed)]).toEqual([
    "was here",
    "Written by two",
  ]);
  await server.stop();
  expect(await readdir(data)).toContain("log.before-import-1");
});

test("an import into the data of a running server, and an export over a file, are refused", async () => {
  const server = await ServerProcess.start(data);
  const running = await runCli(["import", "--archive", original.archive, "--data", data]);
  expect(running).toMatchObject({ code: 2, stderr: expect.stringContaining("stop it first") });
  const over = await runCli(["export", "--archive", original.archive, "--data", data]);
  expect(over).toMatchObject({ code: 2, stderr: expect.stringContaining("never overwritten") });
  await server.stop();
});

test("an archive on standard output is the same file, and a dry run changes nothing", async () => {
  await importInto(data);
  const { child, ended } = launchCli(["export", "--archive", "-", "--data", data]);
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  expect(await ended).toBe(0);
  const archive = join(directory.path, "piped");
  await writeFile(archive, Buffer.concat(pieces));
  const target = join(directory.path, "target");
  await mkdir(target);
  expect(await importInto(target, archive, "--dry-run")).toMatchObject({ imported: false, added: 2 });
  expect(await dump(target)).toEqual([]);
  expect(await importInto(target, archive)).toMatchObject({ imported: true, added: 2 });
});

test("a log that is damaged is neither exported nor added to", async () => {
  await importInto(data);
  const [segment = ""] = (await readdir(join(data, "log"))).filter((name) => name.endsWith(".seg"));
  await flipBit(join(data, "log", segment), 150);
  const archive = join(directory.path, "archive");
  expect(await runCli(["export", "--archive", archive, "--data", data])).toMatchObject({ code: 1 });
  expect(await readdir(directory.path)).toEqual(["data"]);
  expect(await runCli(["import", "--archive", original.archive, "--data", data])).toMatchObject({ code: 1 });
});

async function writeOriginal(path: string): Promise<Original> {
  const server = await ServerProcess.start(join(path, "data"));
  const typed = await server.createDocument({ title: "Draft" });
  await type(server, typed, "Ada", "Written");
  await type(server, typed, "Grace", " by two");
  await send(server, "PATCH", typed, { title: "Typed", tags: ["paper", "Été"] });
  const trashed = await server.createDocument({ title: "Trashed", text: "thrown away" });
  await send(server, "DELETE", trashed);
  const archive = join(path, "archive");
  // What an editing session adds when it ends must be in it.
  await server.stop();
  const again = await ServerProcess.start(join(path, "data"));
  await jsonLines("export", "--archive", archive, "--data", join(path, "data"));
  const entries = await Promise.all([typed, trashed].map((id) => entryOf(again, id)));
  const authors = await authorsOf(again, typed);
  await again.stop();
  return { typed, trashed, entries, authors, archive };
}

async function writeOwn(path: string): Promise<typeof own> {
  const server = await ServerProcess.start(path);
  const id = await server.createDocument({ title: "own", text: "was here" });
  await server.stop();
  return { data: path, id };
}

async function type(server: ServerProcess, id: string, name: string, text: string): Promise<void> {
  const provider = ownClient(server.socketUrl, id);
  await reached(provider, "saved");
  provider.awareness.setLocalStateField("user", { name, id: name });
  const content = provider.doc.getText("content");
  content.insert(content.length, text);
  await reached(provider, "saved");
  provider.destroy();
}

async function send(server: ServerProcess, method: string, id: string, body?: object): Promise<void> {
  const response = await fetch(`${server.origin}/api/v1/documents/${id}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
}

async function entryOf(server: ServerProcess, id: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.origin}/api/v1/documents/${id}`);
  return (await response.json()) as Record<string, unknown>;
}

async function authorsOf(server: ServerProcess, id: string): Promise<unknown> {
  const response = await fetch(`${server.origin}/api/v1/documents/${id}/metrics`);
  const { authors } = (await response.json()) as { authors: unknown };
  return authors;
}

async function importInto(
  target: string,
  archive = original.archive,
  ...options: string[]
): Promise<Imported> {
  const [result] = await jsonLines<Imported>("import", "--archive", archive, "--data", target, ...options);
  if (result === undefined) throw new Error("the import said nothing");
  return result;
}

async function dump(target: string): Promise<DumpLine[]> {
  const { stdout } = await runCli(["log", "dump", "--data", target, "--payload", "--json"]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { position: _, ...record } = JSON.parse(line);
      return record;
    });
}

interface ArchivedRecord {
  readonly type: string;
  readonly document: string;
  readonly revision: string;
  readonly author: string;
  readonly stream: string;
  readonly kind: string;
  readonly payload?: string;
  readonly data?: unknown;
}

async function entriesOf(archive: string): Promise<Record<string, unknown>[]> {
  const lines = gunzipSync(await readFile(archive))
    .toString("utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line): Record<string, unknown> => JSON.parse(line.slice(9)));
}

async function recordsOf(archive: string): Promise<ArchivedRecord[]> {
  return (await entriesOf(archive)).filter(({ type }) => type === "record") as unknown as ArchivedRecord[];
}

/** As `log dump` shows it: the archive is read here by what its documentation says alone. */
function asDumped({
  document,
  revision,
  author,
  stream,
  kind,
  payload,
  data: json,
}: ArchivedRecord): unknown {
  const bytes = json === undefined ? Buffer.from(payload ?? "", "base64") : Buffer.from(JSON.stringify(json));
  return expect.objectContaining({
    ...{ document, revision, author, stream, kind, bytes: bytes.length },
    payload: bytes.toString("hex"),
  });
}
