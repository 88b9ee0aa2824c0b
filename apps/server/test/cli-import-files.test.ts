import { watch } from "node:fs";
import { mkdir, readdir, readFile, stat, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, launchCli, runCli } from "./harness/cli-process";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { writePad } from "./harness/write-changeset";
import { writeZip } from "./harness/write-zip";

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly language: string | null;
  readonly tags: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface Imported {
  readonly added: number;
  readonly present: number;
  readonly refused: readonly { readonly path: string; readonly because: string }[];
  readonly left: readonly { readonly path: string; readonly because: string }[];
  readonly logBefore: string | null;
}

const writtenAt = new Date("2025-03-01T12:00:00.567Z");
const padBeganMs = Date.parse("2025-02-01T08:00:00.000Z");
const bom = "\ufeff";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let source: string;
let data: string;
let exported: string;
/** What the first import said, and what there was then, by title. */
let imported: Imported;
let entries: ReadonlyMap<string, Entry>;
let texts: ReadonlyMap<string, string>;
let authors: readonly { readonly name: string | null; readonly edits: number }[];

beforeAll(async () => {
  directory = await temporaryDirectory();
  source = join(directory.path, "source");
  data = join(directory.path, "data");
  exported = join(directory.path, "exported");
  await writeSource();
  imported = await importFrom(source, data);
  const server = await ServerProcess.start(data);
  ({ entries, texts } = await read(server));
  const pad = entries.get("Weekly minutes")?.id ?? "";
  const response = await fetch(`${server.origin}/api/v1/documents/${pad}/metrics`);
  ({ authors } = (await response.json()) as { authors: typeof authors });
  // Beside a running server.
  await jsonLines("export", "--files", exported, "--data", data);
  await server.stop();
});

afterAll(() => directory.remove());

test("text files become documents, with titles, languages, tags, and the times of the files", () => {
  expect(imported).toMatchObject({ added: 7, present: 0, logBefore: null });
  expect([...texts].toSorted()).toEqual(
    [
      ["A heading", "# A heading\n\ntext\n"],
      ["todo", "grün\nrot"],
      ["main.py", "print(1)\n"],
      ["empty", ""],
      ["From HedgeDoc", "---\ntitle: From HedgeDoc\ntags: paper, ink\n---\ntext\n"],
      ["loose", "text"],
      ["Weekly minutes", "Agenda\nand more\n"],
    ].toSorted(),
  );
  expect(entries.get("A heading")).toMatchObject({
    language: "Markdown",
    tags: ["projects", "2025"],
    createdAt: writtenAt.toISOString(),
    updatedAt: writtenAt.toISOString(),
  });
  expect(entries.get("main.py")).toMatchObject({ language: "Python", tags: [] });
  expect(entries.get("From HedgeDoc")).toMatchObject({ tags: ["paper", "ink"] });
  // What a revision can say begins with 2024; the time of a file may be any.
  expect(entries.get("todo")?.createdAt.slice(0, 10)).toBe("2024-01-01");
  expect(Date.parse(entries.get("loose")?.updatedAt ?? "")).toBeLessThanOrEqual(Date.now());
});

test("what cannot be imported is listed with why, and keeps nothing else from it", () => {
  expect(Object.fromEntries(imported.refused.map(({ path, because }) => [path, because]))).toEqual({
    "broken.etherpad": expect.stringContaining("not JSON"),
    "broken.zip": expect.stringContaining("is damaged, or no zip archive"),
    "huge.txt": "is larger than 16777216 bytes",
    "latin.txt": expect.stringContaining("neither in UTF-8"),
    "link.md": "is a link",
    "notes.zip/bomb.txt": "unpacks to more than 16777216 bytes",
    "photo.jpg": "is no text",
  });
  expect(imported.left).toEqual([{ path: "minutes.etherpad", because: "its chat, 1 message" }]);
});

test("the revisions of a pad are edits of their authors, at their times", async () => {
  expect(authors.map(({ name, edits }) => [name, edits]).toSorted()).toEqual([
    ["Ada", 3],
    ["Grace", 1],
  ]);
  const { id = "", createdAt, updatedAt } = entries.get("Weekly minutes") ?? {};
  expect([createdAt, updatedAt].map((time) => Date.parse(time ?? "") - padBeganMs)).toEqual([0, 3000]);
  const dumped = await jsonLines<{ stream: string; time: string }>(
    ...["log", "dump", "--data", data, "--document", id],
  );
  const times = dumped
    .filter(({ stream }) => stream === "text")
    .map(({ time }) => Date.parse(time) - padBeganMs);
  expect(times).toEqual([0, 0, 2000, 3000]);
});

test("the same import again does nothing; a file more is one document more", async () => {
  expect(await importFrom(source, data)).toMatchObject({ added: 0, present: 7, logBefore: null });
  await writeFile(join(source, "more.md"), "more");
  const dryRun = await importFrom(source, data, "--dry-run");
  expect(dryRun).toMatchObject({ added: 1, present: 7 });
  expect(await importFrom(source, data)).toMatchObject({ added: 1, present: 7 });
  expect((await runCli(["log", "verify", "--data", data])).code).toBe(0);
});

test("an export of files has each document under its title, with its time, and says the rest in an index", async () => {
  const names = [
    "A heading.md",
    "From HedgeDoc.md",
    "Weekly minutes.md",
    "empty.txt",
    "loose.txt",
    "main.py",
    "todo.txt",
  ];
  expect((await readdir(exported)).toSorted()).toEqual([...names, "index.json"].toSorted());
  expect(await readFile(join(exported, "A heading.md"), "utf8")).toBe("# A heading\n\ntext\n");
  expect((await stat(join(exported, "A heading.md"))).mtime).toEqual(writtenAt);
  const index = JSON.parse(await readFile(join(exported, "index.json"), "utf8")) as {
    documents: readonly (Entry & { file: string })[];
  };
  expect(index.documents.map(({ file }) => file).toSorted()).toEqual(names);
  for (const { file: _, id, title, language, tags, createdAt, updatedAt } of index.documents) {
    expect(entries.get(title)).toMatchObject({ id, language, tags, createdAt, updatedAt });
  }
});

test("an export of files that is imported gives titles, tags and times again", async () => {
  const target = join(directory.path, "target");
  expect(await importFrom(exported, target)).toMatchObject({ added: 7, refused: [] });
  const again = join(directory.path, "again");
  await jsonLines("export", "--files", again, "--data", target);
  const bare = async (path: string) => {
    const { documents } = JSON.parse(await readFile(join(path, "index.json"), "utf8"));
    return (documents as Entry[])
      .map(({ id: _, ...entry }) => entry)
      .toSorted((a, b) => (a.title < b.title ? -1 : 1));
  };
  expect(await bare(again)).toEqual(await bare(exported));
});

test("a directory that is not empty is never exported into, and nothing of it is left behind", async () => {
  const before = await readdir(exported);
  const { code, stderr } = await runCli(["export", "--files", exported, "--data", data]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("never overwritten") });
  expect(await readdir(exported)).toEqual(before);
  expect((await readdir(directory.path)).filter((name) => name.includes("unfinished"))).toEqual([]);
});

test.each([
  ["files", "--files"],
  ["an archive", "--archive"],
])(
  "an export of %s that is killed leaves nothing under its name, and the next one is whole",
  async (_title, option) => {
    const place = join(directory.path, `killed${option}`);
    await mkdir(place);
    const target = join(place, "export");
    const begun = new Promise<void>((resolve) => {
      const watcher = watch(place, () => {
        watcher.close();
        resolve();
      });
    });
    const { child, ended } = launchCli(["export", option, target, "--data", data]);
    await begun;
    child.kill("SIGKILL");
    if ((await ended) !== 0)
      expect(await readdir(place)).toEqual([expect.stringMatching(/^export\.unfinished-/)]);
    const second = join(place, "second");
    const [exported] = await jsonLines("export", option, second, "--data", data);
    expect(exported).toMatchObject({ documents: 8 });
  },
);

test("where nothing can be imported, nothing is made, and the exit code says so", async () => {
  const target = join(directory.path, "untouched");
  const { code, stdout } = await runCli(["import", join(source, "broken.etherpad"), "--data", target]);
  expect(stdout).toMatch(
    /Imported 0 documents\.\n1 file cannot be imported:\n {2}broken\.etherpad: .*not JSON/,
  );
  expect(code).toBe(2);
  expect(await readdir(directory.path)).not.toContain("untouched");
});

test.each([
  ["nothing to import", ["import"], /import what\? PATH or --archive FILE/],
  ["two things", ["import", "a", "--archive", "b"], /import what\? PATH or --archive FILE/],
  ["what is not there", ["import", "/nowhere/at/all"], /there is no \/nowhere\/at\/all/],
  ["no export", ["export"], /export as what\? --archive FILE or --files DIR/],
])("%s is explained", async (_title, args, message) => {
  const { code, stderr } = await runCli([...args, "--data", data]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

async function writeSource(): Promise<void> {
  await mkdir(join(source, "projects", "2025"), { recursive: true });
  const files: Record<string, string | Uint8Array> = {
    "projects/2025/plan.md": "# A heading\n\ntext\n",
    "todo.txt": Buffer.from(`${bom}grün\r\nrot`, "utf16le"),
    "main.py": "print(1)\n",
    "empty.txt": "",
    ".hidden": "hidden",
    "photo.jpg": Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00]),
    "latin.txt": Buffer.from("grün", "latin1"),
    "huge.txt": "",
    "broken.zip": "PK no zip",
    "broken.etherpad": "no pad",
    "notes.zip": writeZip([
      { name: "From HedgeDoc.md", content: "---\ntitle: From HedgeDoc\ntags: paper, ink\n---\ntext\n" },
      { name: "loose.txt", content: "text" },
      { name: "bomb.txt", content: Buffer.alloc(32 * 1024 * 1024, "a") },
      { name: "__MACOSX/._loose.txt", content: "junk" },
    ]),
    "minutes.etherpad": JSON.stringify(pad()),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(source, name), content);
  // Full of nothing: it takes up no space.
  await truncate(join(source, "huge.txt"), 17 * 1024 * 1024);
  await utimes(join(source, "projects/2025/plan.md"), writtenAt, writtenAt);
  await utimes(join(source, "todo.txt"), new Date(0), new Date(1000));
  await symlink("main.py", join(source, "link.md"));
}

function pad(): Record<string, unknown> {
  const names = { "a.ada": "Ada", "a.grace": "Grace" };
  const revisions = [
    { at: 0, deleted: 0, inserted: "Agenda", author: "a.ada", timeMs: padBeganMs },
    { at: 6, deleted: 0, inserted: "\nand much", author: "a.grace", timeMs: padBeganMs + 2000 },
    { at: 11, deleted: 4, inserted: "more", author: "a.ada", timeMs: padBeganMs + 3000 },
  ];
  const { json } = writePad("Weekly_minutes", revisions, names);
  return { ...json, "pad:Weekly_minutes:chat:0": { text: "hi", userId: "a.ada", time: padBeganMs } };
}

async function importFrom(path: string, target: string, ...options: string[]): Promise<Imported> {
  const [result] = await jsonLines<Imported>("import", path, "--data", target, ...options);
  if (result === undefined) throw new Error("the import said nothing");
  return result;
}

async function read(server: ServerProcess) {
  const response = await fetch(`${server.origin}/api/v1/documents?limit=100`);
  const { documents } = (await response.json()) as { documents: readonly Entry[] };
  const found = await Promise.all(
    documents.map(async ({ id, title }) => [title, await server.text(id)] as const),
  );
  return { entries: new Map(documents.map((entry) => [entry.title, entry])), texts: new Map(found) };
}
