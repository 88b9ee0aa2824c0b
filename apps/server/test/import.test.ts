import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { writeZip } from "./harness/write-zip";

const bytesMax = 64 * 1024;
let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path, {
    env: { SCRIPTORIUM_MESSAGE_BYTES_MAX: String(bytesMax), TMPDIR: directory.path },
  });
});

afterAll(async () => {
  expect(await server.stop()).toBe(0);
  // Nothing that was sent stays on the disk.
  expect((await readdir(directory.path)).filter((name) => name.startsWith("scriptorium-import-"))).toEqual(
    [],
  );
  await directory.remove();
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly code?: string;
    readonly detail?: string;
    readonly created?: { readonly file: string; readonly id: string; readonly title: string }[];
    readonly refused?: { readonly file: string; readonly because: string }[];
  };
}

async function send(type: string, body: string | Uint8Array<ArrayBuffer>, name?: string): Promise<Answer> {
  const parameter = name === undefined ? "" : `?name=${encodeURIComponent(name)}`;
  const response = await fetch(`${server.origin}/api/v1/import${parameter}`, {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
  return { status: response.status, body: (await response.json()) as Answer["body"] };
}

const zip = (files: Parameters<typeof writeZip>[0]) => new Uint8Array(writeZip(files));

async function metadata(id: string | undefined): Promise<unknown> {
  return (await fetch(`${server.origin}/api/v1/documents/${id}`)).json();
}

async function count(): Promise<number> {
  return server.metric("scriptorium_documents_created_total");
}

test("a text file becomes a document, with the title and language that it has", async () => {
  const { status, body } = await send("text/markdown; charset=utf-8", "# Plan\r\n\nBuy paper.\r\n");
  expect([status, body]).toEqual([
    200,
    { created: [{ file: "Untitled.md", id: expect.any(String), title: "Plan" }], refused: [] },
  ]);
  expect(await server.text(body.created?.[0]?.id ?? "")).toBe("# Plan\n\nBuy paper.\n");

  const source = await send("text/plain", "print(1)\n", "main.py");
  expect(await metadata(source.body.created?.[0]?.id)).toMatchObject({
    title: "main.py",
    language: "Python",
  });
});

test("of a zip archive each text becomes a document, and of the rest is said why not", async () => {
  const { status, body } = await send(
    "application/zip",
    zip([
      { name: "notes/one.md", content: "---\ntags: [home]\n---\n# One\n" },
      { name: "two.txt", content: "two" },
      { name: "photo.jpg", content: Uint8Array.of(0xff, 0xd8, 0) },
      { name: "bomb.txt", content: Buffer.alloc(64 * 1024 * 1024, "a") },
      { name: "minutes.etherpad", content: "{}" },
      { name: "__MACOSX/two.txt", content: "no" },
      { name: "../../escape.md", content: "# Escape\n" },
    ]),
  );

  expect(status).toBe(200);
  expect(body.created?.map(({ file, title }) => [file, title])).toEqual([
    ["notes/one.md", "One"],
    ["two.txt", "two"],
  ]);
  expect(body.refused).toEqual([
    { file: "photo.jpg", because: "is no text" },
    { file: "bomb.txt", because: `unpacks to more than ${bytesMax} bytes` },
    { file: "minutes.etherpad", because: expect.stringContaining("use scriptorium import") },
  ]);
  expect(await metadata(body.created?.[0]?.id)).toMatchObject({ tags: ["notes", "home"] });
});

test("many small bombs are one large one", async () => {
  // Each is as large as may be; together they are more than the archive may come to.
  const files = Array.from({ length: 40 }, (_, n) => ({
    name: `${n}.txt`,
    content: Buffer.alloc(bytesMax, "a"),
  }));
  const { body } = await send("application/zip", zip(files));
  expect(body.created).toHaveLength(32);
  expect(body.refused).toHaveLength(8);
  expect(body.refused?.[0]?.because).toContain("unpacks to more than");
});

test("more files than are taken at once are refused together", async () => {
  const files = Array.from({ length: 1005 }, (_, n) => ({ name: `${n}.bin`, content: "\0" }));
  const { status, body } = await send("application/zip", zip([{ name: "a.md", content: "a" }, ...files]));
  expect([status, body.created?.length, body.refused?.length]).toEqual([200, 1, 1000]);
  expect(body.refused?.at(-1)?.because).toContain("1000 files");
});

test.each<[string, string, string | Uint8Array<ArrayBuffer>, string | undefined, number, string]>([
  ["no text", "text/plain", Uint8Array.of(0x61, 0xff), undefined, 422, "NOT_IMPORTED"],
  ["a pad", "text/plain", "{}", "minutes.etherpad", 422, "NOT_IMPORTED"],
  ["no archive", "application/zip", "PK no zip", undefined, 422, "NOT_IMPORTED"],
  ["an empty archive", "application/zip", zip([]), undefined, 422, "NOT_IMPORTED"],
  ["another kind of file", "image/png", "a", undefined, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ["a name that leads elsewhere", "text/plain", "a", "../a.md", 400, "INVALID_REQUEST"],
  ["a text that is too large", "text/plain", "a".repeat(bytesMax + 1), undefined, 413, "TOO_LARGE"],
  [
    "an archive that is too large",
    "application/zip",
    new Uint8Array(8 * bytesMax + 1),
    undefined,
    413,
    "TOO_LARGE",
  ],
])("%s is refused, and makes nothing", async (_what, type, body, name, status, code) => {
  const before = await count();
  expect(await send(type, body, name)).toMatchObject({ status, body: { code, detail: expect.any(String) } });
  expect(await count()).toBe(before);
});

test("a body that comes without an end is cut off, and the next import is taken", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += bytesMax;
      controller.enqueue(new Uint8Array(bytesMax));
    },
  });
  const init = {
    method: "POST",
    headers: { "content-type": "application/zip" },
    body: endless,
    duplex: "half",
  };
  const status = await fetch(`${server.origin}/api/v1/import`, init as RequestInit).then(
    (response) => response.status,
    () => 413,
  );
  expect(status).toBe(413);
  expect(sent).toBeLessThan(1024 * bytesMax);
  expect((await send("text/plain", "fine")).status).toBe(200);
});

test("senders that leave half-way, and those that never end, keep nobody from importing", async () => {
  const begin = () => {
    const headers = { "content-type": "application/zip", "content-length": "1000" };
    const half = request(`${server.origin}/api/v1/import`, { method: "POST", headers });
    half.on("error", () => {});
    half.write("PK");
    return half;
  };
  const requests = Array.from({ length: 4 }, begin);
  await expect.poll(async () => (await send("text/plain", "busy")).status, { timeout: 10_000 }).toBe(409);
  for (const half of requests) half.destroy();
  await expect.poll(async () => (await send("text/plain", "free")).status, { timeout: 10_000 }).toBe(200);
  expect(server.output.filter((line) => line.includes("failed"))).toEqual([]);
});
