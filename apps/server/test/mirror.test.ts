import {
  appendFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ScriptoriumProvider } from "@scriptorium/provider";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { converged, ownClient, reached, shows, textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;
let data: string;
let mirror: string;

async function begin(): Promise<void> {
  directory = await temporaryDirectory();
  data = join(directory.path, "data");
  mirror = join(directory.path, "mirror");
  await start();
}

async function end(): Promise<void> {
  expect(await server.stop()).toBe(0);
  await directory.remove();
}

async function start(): Promise<void> {
  const env = { SCRIPTORIUM_MIRROR_DIR: mirror, SCRIPTORIUM_MESSAGE_BYTES_MAX: String(64 * 1024) };
  server = await ServerProcess.start(data, { env });
}

const file = (name: string) => join(mirror, name);
const content = (name: string) => readFile(file(name), "utf8").catch(() => undefined);
const soon = { timeout: 60_000, interval: 20 };

/** Once the file says this. */
function says(name: string, text: string | undefined): Promise<void> {
  return expect.poll(() => content(name), soon).toBe(text);
}

function documentSays(id: string, text: string): Promise<void> {
  return expect.poll(() => server.text(id), soon).toBe(text);
}

async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.origin}/api/v1/documents${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as Record<string, unknown>;
}

async function titles(): Promise<string[]> {
  const { documents } = await call("GET", "?sort=title");
  return (documents as { title: string }[]).map(({ title }) => title);
}

async function enter(id: string): Promise<ScriptoriumProvider> {
  const client = ownClient(server.socketUrl, id);
  onTestFinished(() => client.destroy());
  await reached(client, "saved");
  return client;
}

/** Without what is being written at this moment. */
async function fileNames(): Promise<string[]> {
  return (await readdir(mirror)).filter((name) => !name.endsWith(".tmp"));
}

async function quiet(): Promise<void> {
  await expect.poll(() => server.metric("scriptorium_mirror_waiting"), soon).toBe(0);
}

const taken = () => server.metric("scriptorium_mirror_taken_total");
const written = () => server.metric("scriptorium_mirror_written_total");

describe("while the server runs", () => {
  beforeAll(begin);
  afterAll(end);

  test("every document is a file, whatever its title; a new title renames it, the trash removes it", async () => {
    const hostile = [
      "../../etc/passwd",
      "con",
      "a/b\\c",
      "Plan",
      "plan",
      ".hidden",
      "x".repeat(200),
      "\u202egpj.exe",
      "",
    ];
    const ids: string[] = [];
    for (const title of hostile) ids.push(await server.createDocument({ title, text: `${title}\n` }));
    await expect.poll(fileNames, soon).toHaveLength(hostile.length);
    const names = await fileNames();
    for (const name of names) expect(name).toMatch(/^[^./\\][^/\\]*\.md$/);
    expect(names).toEqual(expect.arrayContaining(["Plan.md", "plan (2).md", "con_.md"]));
    expect(await content("Plan.md")).toBe("Plan\n");
    await quiet();
    expect(await server.metric("scriptorium_mirror_files")).toBe(hostile.length);
    expect(await taken()).toBe(0);

    const id = ids[3] ?? "";
    await call("PATCH", `/${id}`, { title: "main.py" });
    await says("main.py", "Plan\n");
    expect(await content("Plan.md")).toBeUndefined();
    await call("DELETE", `/${id}`);
    await says("main.py", undefined);
    await call("POST", `/${id}/restore`);
    await says("main.py", "Plan\n");

    // Deleting a file deletes no document.
    await rm(file("main.py"));
    await says("main.py", "Plan\n");
    expect(await server.text(id)).toBe("Plan\n");
    await quiet();
    expect(await taken()).toBe(0);
    expect(await fileNames()).toHaveLength(hostile.length);
  });

  test("edits of a file come back merged, while two people type, and the file gets theirs", async () => {
    const id = await server.createDocument({ title: "Notes", text: "top\n\nmiddle\n\nbottom\n" });
    await says("Notes.md", "top\n\nmiddle\n\nbottom\n");
    const takenBefore = await taken();
    const clients = await Promise.all([enter(id), enter(id)]);
    let isOver = false;
    const typed = clients.map(async ({ doc }, who) => {
      const text = doc.getText("content");
      let words = "";
      while (!isOver) {
        const word = `w${who}.${words.length} `;
        for (const letter of word) {
          text.insert(text.toString().indexOf("\n", who === 0 ? 0 : text.length - 1), letter);
          await pause(5);
        }
        words += word;
      }
      return words;
    });
    let edits = "";
    for (let round = 0; round < 3; round++) {
      // As an editor saves: another file that takes the place.
      const text = (await content("Notes.md")) ?? expect.fail("there is a file");
      edits += ` file${round}`;
      await writeFile(file(".Notes.md.swp"), text.replace(/middle.*/, `middle${edits}`));
      await rename(file(".Notes.md.swp"), file("Notes.md"));
      await expect.poll(() => server.text(id), soon).toContain(`middle${edits}\n`);
      // Until the file has what was written meanwhile, and this is what is edited next.
      await expect.poll(() => content("Notes.md"), soon).toContain(`middle${edits}\n`);
    }
    isOver = true;
    const [first, second] = await Promise.all(typed);
    await Promise.all(clients.map((client) => reached(client, "saved")));
    await converged(clients.map(({ doc }) => doc));

    const text = `top${first}\n\nmiddle${edits}\n\nbottom${second}\n`;
    expect(await server.text(id)).toBe(text);
    await says("Notes.md", text);
    await quiet();
    expect((await taken()) - takenBefore).toBe(3);
  });

  test("new files become documents, and what is no text is left alone and told of once", async () => {
    const known = new Set(await titles());
    const newTitles = async () => (await titles()).filter((title) => !known.has(title));
    await writeFile(file("Ideas.md"), "\ufeff# One\r\ntwo\r\n");
    await writeFile(file("script.py"), "print(1)\n");
    await expect.poll(newTitles, soon).toEqual(["Ideas", "script.py"]);
    const { documents } = await call("GET", "?sort=created&limit=2");
    const [ideas, script] = (documents as { id: string; title: string; language: string | null }[]).sort(
      (a, b) => (a.title < b.title ? -1 : 1),
    );
    expect([ideas?.language, script?.language]).toEqual(["Markdown", "Python"]);
    expect(await server.text(ideas?.id ?? "")).toBe("# One\ntwo\n");
    // It stays as it was made until there is something to write.
    await quiet();
    expect(await content("Ideas.md")).toBe("\ufeff# One\r\ntwo\r\n");
    await appendFile(file("Ideas.md"), "three\r\n");
    await documentSays(ideas?.id ?? "", "# One\ntwo\nthree\n");
    const ada = await enter(ideas?.id ?? "");
    ada.doc.getText("content").insert(0, "# Zero\n");
    await says("Ideas.md", "# Zero\n# One\ntwo\nthree\n");

    const secret = join(directory.path, "secret.md");
    await writeFile(secret, "secret");
    await symlink(secret, file("link.md"));
    await writeFile(file("photo.md"), Uint8Array.of(0x89, 0x50, 0, 1));
    await writeFile(file("huge.txt"), "x".repeat(64 * 1024 + 1));
    await writeFile(file("script.py"), Uint8Array.of(0xff, 0xfe, 0xff));
    for (const passing of ["draft.md~", ".hidden.md", "#draft.md#", "half.part"])
      await writeFile(file(passing), "a");
    await mkdir(file("below"));
    await writeFile(join(file("below"), "deep.md"), "a");
    const refused = (reason: string) => server.metric(`scriptorium_mirror_refused_total{reason="${reason}"}`);
    await expect
      .poll(() => Promise.all(["no_file", "too_large", "not_text"].map(refused)), soon)
      .toEqual([2, 1, 2]);
    await quiet();
    expect(await newTitles()).toEqual(["Ideas", "script.py"]);
    const told = server.output.filter((line) => line.includes("is left alone"));
    expect(told.filter((line) => line.includes("photo.md"))).toHaveLength(1);

    // What is left alone is not written over, until it is a text again.
    await call("PATCH", `/${script?.id}`, { title: "script.py" });
    const grace = await enter(script?.id ?? "");
    grace.doc.getText("content").insert(0, "# Grace\n");
    await reached(grace, "saved");
    await quiet();
    expect(await readFile(file("script.py"))).toEqual(Buffer.of(0xff, 0xfe, 0xff));
    await writeFile(file("script.py"), "print(2)\n");
    await shows(grace.doc, "# Grace\nprint(2)\n");
    await says("script.py", "# Grace\nprint(2)\n");
  });

  test("a file that is written slowly is taken when it is whole", async () => {
    const id = await server.createDocument({ title: "Slow", text: "one\ntwo\nthree\n" });
    await says("Slow.md", "one\ntwo\nthree\n");
    await quiet();
    const takenBefore = await taken();
    const handle = await open(file("Slow.md"), "w");
    for (const piece of ["one\n", "2\n", "three\n", "four\n"]) {
      await handle.write(piece);
      await pause(400);
    }
    await handle.close();
    await documentSays(id, "one\n2\nthree\nfour\n");
    await quiet();
    expect((await taken()) - takenBefore).toBe(1);
  });
});

describe("when the server is killed", () => {
  beforeEach(begin);
  afterEach(end);

  test("what was changed on either side while the server was down, or being killed, is merged at the start", async () => {
    const id = await server.createDocument({ title: "Both", text: "one\n\ntwo\n\nthree\n" });
    const same = await server.createDocument({ title: "Same", text: "same\n" });
    const gone = await server.createDocument({ title: "Gone", text: "gone\n" });
    await says("Both.md", "one\n\ntwo\n\nthree\n");
    await says("Same.md", "same\n");
    await says("Gone.md", "gone\n");
    await quiet();
    const before = await stat(file("Same.md"));
    const ada = await enter(id);
    ada.doc.getText("content").insert(3, " by Ada");
    await reached(ada, "saving");
    await reached(ada, "saved");
    await server.stop("SIGKILL");
    ada.destroy();
    expect(await content("Both.md")).toBe("one\n\ntwo\n\nthree\n");
    await appendFile(file("Both.md"), "four\n");
    await rm(file("Gone.md"));
    await writeFile(file("New.md"), "new\n");
    await writeFile(file(".scriptorium-0123456789abcdef.tmp"), "half");

    await start();
    await documentSays(id, "one by Ada\n\ntwo\n\nthree\nfour\n");
    await says("Both.md", "one by Ada\n\ntwo\n\nthree\nfour\n");
    await says("Gone.md", "gone\n");
    await expect.poll(titles, soon).toEqual(["Both", "Gone", "New", "Same"]);
    await quiet();
    expect([await taken(), await written()]).toEqual([2, 2]);
    expect((await readdir(mirror)).sort()).toEqual(["Both.md", "Gone.md", "New.md", "Same.md"]);
    expect((await stat(file("Same.md"))).mtimeMs).toBe(before.mtimeMs);
    expect(await server.text(same)).toBe("same\n");
    expect(await server.text(gone)).toBe("gone\n");

    // Neither a catalogue that is made anew nor a mirror that has forgotten everything takes a file for another one.
    for (const forgotten of ["projections", "state/mirror.jsonl"]) {
      await server.stop("SIGKILL");
      await rm(join(data, forgotten), { recursive: true });
      await start();
      await expect.poll(() => server.metric("scriptorium_mirror_files"), soon).toBe(4);
      await quiet();
      expect([await taken(), await written()]).toEqual([0, 0]);
    }
  });

  test("a server that is killed again and again doubles nothing and loses nothing", async () => {
    const id = await server.createDocument({ title: "Log", text: "begin\n\nend\n" });
    await says("Log.md", "begin\n\nend\n");
    let fromPeople = "";
    let fromFile = "";
    for (let round = 0; round < 4; round++) {
      const ada = await enter(id);
      ada.doc.getText("content").insert(5 + fromPeople.length, `${round}`);
      fromPeople += `${round}`;
      await reached(ada, "saving");
      await reached(ada, "saved");
      ada.destroy();
      fromFile += `line ${round}\n`;
      await appendFile(file("Log.md"), `line ${round}\n`);
      // From before the file has settled until after all is done.
      await pause(700 + 450 * round);
      await server.stop("SIGKILL");
      await start();
      await expect.poll(() => content("Log.md"), soon).toBe(`begin${fromPeople}\n\nend\n${fromFile}`);
      expect(await server.text(id)).toBe(`begin${fromPeople}\n\nend\n${fromFile}`);
    }
    expect(await titles()).toEqual(["Log"]);
    expect(textOf((await enter(id)).doc)).toContain(fromPeople);
  });
});

test("a mirror in the data or around it, or that cannot be, keeps the server from starting", async () => {
  const { path, remove } = await temporaryDirectory();
  const own = join(path, "data");
  await mkdir(join(own, "log"), { recursive: true });
  await symlink(join(own, "log"), join(path, "link"));
  await writeFile(join(path, "file"), "precious");
  const isApart = /SCRIPTORIUM_MIRROR_DIR=.*is in SCRIPTORIUM_DATA_DIR or around it/;
  for (const [mirrorDirectory, message] of [
    [join(own, "mirror"), isApart],
    [path, isApart],
    [join(path, "link"), /leads to .*data\/log, and the data is in .*SCRIPTORIUM_MIRROR_DIR/],
    [join(path, "file"), /The mirror cannot be in .*file: that is no directory\. Set SCRIPTORIUM_MIRROR_DIR/],
  ] as const) {
    const refused = ServerProcess.launch(own, { env: { SCRIPTORIUM_MIRROR_DIR: mirrorDirectory } });
    expect(await refused.ended).not.toBe(0);
    expect(refused.output.join("\n")).toMatch(message);
  }
  expect(await readFile(join(path, "file"), "utf8")).toBe("precious");
  await remove();
});
