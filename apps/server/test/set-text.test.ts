import { setTimeout as pause } from "node:timers/promises";
import type { ScriptoriumProvider } from "@scriptorium/provider";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { converged, ownClient, reached, shows, stockClient, synced, textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const env = {
  SCRIPTORIUM_MESSAGE_BYTES_MAX: String(1024 * 1024),
  SCRIPTORIUM_DOCUMENT_BYTES_MAX: String(256 * 1024),
};
let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path, { env });
});

afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown>;
}

async function put(
  id: string,
  text: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${server.origin}/api/v1/documents/${id}/text`, {
    method: "PUT",
    headers: { "content-type": "text/plain", ...headers },
    body: text,
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, etag: response.headers.get("etag"), body };
}

async function get(id: string): Promise<{ text: string; etag: string }> {
  const response = await fetch(`${server.origin}/api/v1/documents/${id}/text`);
  return { text: await response.text(), etag: response.headers.get("etag") ?? "" };
}

async function join(id: string): Promise<ScriptoriumProvider> {
  const client = ownClient(server.socketUrl, id);
  onTestFinished(() => client.destroy());
  await reached(client, "saved");
  return client;
}

async function saved(client: ScriptoriumProvider): Promise<void> {
  await reached(client, "saving");
  await reached(client, "saved");
}

test("a text that is set reaches everybody as the least edit, is there at once, and names its revision", async () => {
  const id = await server.createDocument({ title: "Plan", text: "one\ntwo\nthree\n" });
  const ada = await join(id);
  const grace = stockClient(server.socketUrl, id);
  onTestFinished(() => grace.destroy());
  await synced(grace);
  const changes: unknown[] = [];
  ada.doc.getText("content").observe(({ delta }) => changes.push(delta));

  const { status, etag, body } = await put(id, "one\r\n2\r\nthree\r\nfour\r\n");

  const text = "one\n2\nthree\nfour\n";
  expect([status, body]).toEqual([
    200,
    { id, revision: expect.stringMatching(/^\d+$/), inserted: 6, deleted: 3, isExact: true },
  ]);
  expect(etag).toBe(`"${body.revision}"`);
  expect(await get(id)).toEqual({ text, etag });
  await Promise.all([shows(ada.doc, text), shows(grace.doc, text)]);
  expect(changes).toEqual([
    [{ retain: 4 }, { delete: 3 }, { insert: "2" }, { retain: 6 }, { insert: "\nfour" }],
  ]);

  // The same again is no edit, and neither is nothing in what is empty.
  expect(await put(id, text)).toEqual({
    status,
    etag,
    body: { id, revision: body.revision, inserted: 0, deleted: 0, isExact: true },
  });
  const empty = await server.createDocument();
  expect((await put(empty, "")).body).toMatchObject({ revision: "0", inserted: 0 });
  expect((await put(empty, "a")).body).toMatchObject({ inserted: 1 });
  expect((await put(empty, "")).body).toMatchObject({ deleted: 1 });
  expect(await server.text(empty)).toBe("");
});

test("a text that was made of an older one is merged with what others have written since", async () => {
  const id = await server.createDocument({ text: "# Title\n\nfirst\n\nlast\n" });
  const { etag } = await get(id);
  const ada = await join(id);
  const content = ada.doc.getText("content");
  content.insert(content.length, "by Ada\n");
  content.delete(0, 2);
  await saved(ada);

  const changed = await put(id, "# Title\n\nfirst \u{1f600}\n\nmiddle\n\nlast\n", { "if-match": etag });

  const merged = "Title\n\nfirst \u{1f600}\n\nmiddle\n\nlast\nby Ada\n";
  expect(changed.body).toMatchObject({ isExact: false, inserted: 11, deleted: 0 });
  expect(await get(id)).toEqual({ text: merged, etag: changed.etag });
  await shows(ada.doc, merged);

  // Without a base the text stands for itself.
  expect((await put(id, "all new", { "if-match": "*" })).body).toMatchObject({ isExact: true });
  expect(await server.text(id)).toBe("all new");
});

test("the base may lie before what the server has folded together, and before a restart", async () => {
  const id = await server.createDocument({ text: "begin\nend\n" });
  const { etag } = await get(id);
  const ada = await join(id);
  // More than the checkpoint's least size, in many edits, much of it deleted again.
  const content = ada.doc.getText("content");
  for (let line = 0; line < 900; line++) content.insert(6, `${line} ${"x".repeat(100)}\n`);
  content.delete(6, content.length - 6 - "end\n".length - 20);
  await saved(ada);
  const tail = textOf(ada.doc).slice(6);
  await server.stop("SIGKILL");
  server = await ServerProcess.start(directory.path, { env });

  const changed = await put(id, "begin!\nend.\n", { "if-match": etag });

  expect(changed.body).toMatchObject({ isExact: false, inserted: 2, deleted: 0 });
  expect(await server.text(id)).toBe(`begin!\n${tail.slice(0, -1)}.\n`);
});

test("two people go on typing while texts are set, and nobody's words get lost", async () => {
  const id = await server.createDocument({ text: "top\n\nmiddle\n\nbottom\n" });
  const clients = await Promise.all([join(id), join(id)]);
  let isOver = false;
  const typed = clients.map(async ({ doc }, who) => {
    const content = doc.getText("content");
    let words = 0;
    while (!isOver) {
      // Each in its own line, letter by letter.
      for (const letter of `w${who}.${words} `) {
        content.insert(content.toString().indexOf("\n", who === 0 ? 0 : content.length - 1), letter);
        await pause(2);
      }
      words++;
    }
    return Array.from({ length: words }, (_, word) => `w${who}.${word} `).join("");
  });
  const before = server.output.length;
  for (let round = 0; round < 25; round++) {
    const { text, etag } = await get(id);
    const { status } = await put(
      id,
      text.replace(/middle.*/, (line) => `${line} set${round}`),
      { "if-match": etag },
    );
    expect(status).toBe(200);
  }
  isOver = true;
  const all = await Promise.all(typed);
  await Promise.all(clients.map((client) => reached(client, "saved")));
  await converged(clients.map(({ doc }) => doc));

  const text = await server.text(id);
  expect(textOf(clients[0]?.doc ?? expect.fail())).toBe(text);
  expect(text.split("\n")[0]).toBe(`top${all[0]}`);
  expect(text.split("\n").at(-2)).toBe(`bottom${all[1]}`);
  expect(text).toContain(`middle${Array.from({ length: 25 }, (_, round) => ` set${round}`).join("")}\n`);
  expect(server.output.slice(before)).toEqual([]);
});

test("of texts that are set at once, the last one stands whole", async () => {
  const id = await server.createDocument({ text: "begin" });
  const texts = Array.from({ length: 20 }, (_, n) => `text ${n} ${"abc ".repeat(n)}`);
  const answers = await Promise.all(texts.map((text) => put(id, text)));
  const newest = answers
    .map(({ body }, n) => ({ n, revision: BigInt(String(body.revision)) }))
    .reduce((a, b) => (a.revision > b.revision ? a : b));
  expect(await server.text(id)).toBe(texts[newest.n]);
});

test("what was answered is there when the server is killed then", async () => {
  const id = await server.createDocument({ text: "old" });
  const answer = await put(id, "new");
  await server.stop("SIGKILL");
  server = await ServerProcess.start(directory.path, { env });
  expect(await get(id)).toEqual({ text: "new", etag: answer.etag });
});

test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number, string]>([
  ["no UTF-8", Uint8Array.of(0x61, 0xff, 0x62), {}, 400, "INVALID_REQUEST"],
  ["another encoding", "a", { "content-type": "text/plain; charset=latin1" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ["JSON", "{}", { "content-type": "application/json" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ["more than a request may have", "x".repeat(1024 * 1024 + 1), {}, 413, "TOO_LARGE"],
  ["a base that is no revision", "a", { "if-match": '"abc"' }, 400, "INVALID_REQUEST"],
  ["a base that the document never had", "a", { "if-match": '"123"' }, 412, "UNKNOWN_BASE"],
  ["a base that is still to come", "a", { "if-match": '"18446744073709551615"' }, 412, "UNKNOWN_BASE"],
])("%s is refused, and changes nothing", async (_what, text, headers, status, code) => {
  const id = await server.createDocument({ text: "untouched" });
  expect(await put(id, text, headers)).toMatchObject({ status, body: { status, code } });
  expect(await server.text(id)).toBe("untouched");
});

test("documents that are unknown, in the trash or full are not set", async () => {
  expect(await put("01ARZ3NDEKTSV4RRFFQ69G5FAV", "a")).toMatchObject({ status: 404 });
  expect(await put("nothing", "a")).toMatchObject({ status: 400 });
  const id = await server.createDocument({ text: "kept" });
  await fetch(`${server.origin}/api/v1/documents/${id}`, { method: "DELETE" });
  expect(await put(id, "a")).toMatchObject({ status: 410, body: { code: "IN_TRASH" } });

  const full = await server.createDocument({ text: "x".repeat(300 * 1024) });
  expect(await put(full, "y")).toMatchObject({ status: 413, body: { code: "TOO_LARGE" } });
  expect(await put(full, "x")).toMatchObject({ status: 200, body: { inserted: 0 } });
});
