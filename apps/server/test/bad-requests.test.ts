import { get, request } from "node:http";
import { CloseCode } from "@scriptorium/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RawClient } from "./harness/raw-client";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const messageBytesMax = 64 * 1024;
const unknownId = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let documentId: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path, {
    env: { SCRIPTORIUM_MESSAGE_BYTES_MAX: String(messageBytesMax) },
  });
  documentId = await server.createDocument({ title: "untouched", text: "untouched" });
});

afterAll(async () => {
  expect(await server.text(documentId)).toBe("untouched");
  expect(server.output.filter((line) => line.includes("failed"))).toEqual([]);
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

test.each<[string, () => string, Record<string, string>, number]>([
  ["an unknown document", () => unknownId, {}, CloseCode.notFound],
  ["a malformed document ID", () => "not-a-ulid", {}, CloseCode.notFound],
  ["a document ID of odd bytes", () => "%00%ff%zz", {}, CloseCode.notFound],
  ["a page of another origin", () => documentId, { origin: "https://evil.example" }, CloseCode.notAllowed],
  ["a page without an origin of its own", () => documentId, { origin: "null" }, CloseCode.notAllowed],
])("a WebSocket for %s is closed and counted", async (_name, id, headers, code) => {
  const name = `scriptorium_connections_closed_total{code="${code}"}`;
  const before = await server.metric(name);

  const client = new RawClient(`${server.socketUrl}/${id()}`, headers);

  expect((await client.closed).code).toBe(code);
  expect(await server.metric(name)).toBe(before + 1);
});

test.each(["/", "/ws", "/ws/", `/ws/${unknownId}/more`, "/api/v1/documents"])(
  "a WebSocket at %s is answered with 404",
  async (path) => {
    const headers = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13" };
    const status = await new Promise((resolve) => {
      get(server.origin + path, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });

    expect(status).toBe(404);
  },
);

const json = { "content-type": "application/json" };
const send = (type: string, body: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": type },
  body,
});
const post = (body: unknown) => send("application/json", JSON.stringify(body));
const patch = (body: unknown): RequestInit => ({ ...post(body), method: "PATCH" });

test.each<[string, string, RequestInit, number]>([
  ["invalid JSON", "", send("application/json", '{"title":'), 400],
  ["an empty body", "", send("application/json", ""), 400],
  ["JSON that is no object", "", post(["title"]), 400],
  ["JSON that reaches for the prototype", "", send("application/json", '{"__proto__":{}}'), 400],
  ["a title of the wrong type", "", post({ title: 7 }), 400],
  ["a title that is too long", "", post({ title: "x".repeat(201) }), 400],
  ["a title with control characters", "", post({ title: "a\u0000b" }), 400],
  ["a title with a line break", "", post({ title: "a\nb" }), 400],
  ["an unknown field", "", post({ title: "a", owner: "b" }), 400],
  ["a language that is too long", "", post({ language: "x".repeat(51) }), 400],
  ["a body that is too large", "", post({ text: "x".repeat(messageBytesMax) }), 413],
  ["a body that is not JSON", "", send("text/plain", "a"), 400],
  ["a body of an unknown kind", "", send("a/b", "a"), 415],
  ["a form", "", { method: "POST", body: new URLSearchParams({ title: "a" }) }, 415],
  ["a title that is too long for a rename", `/${unknownId}`, patch({ title: "x".repeat(201) }), 400],
  ["a rename without a title", `/${unknownId}`, patch({}), 400],
  ["a rename of an unknown document", `/${unknownId}`, patch({ title: "a" }), 404],
  ["a limit of nothing", "?limit=0", {}, 400],
  ["a limit beyond the largest", "?limit=101", {}, 400],
  ["a limit that is no number", "?limit=many", {}, 400],
  ["a cursor of its own making", "?cursor=abc", {}, 400],
  ["an endless query", `?query=${"x".repeat(201)}`, {}, 400],
  ["a malformed document ID", "/not-a-ulid", {}, 400],
  ["an address that cannot be decoded", "/%zz", {}, 400],
  ["a language with control characters", "", post({ language: "a\tb" }), 400],
  ["a malformed document ID for its text", "/not-a-ulid/text", {}, 400],
  ["an unknown document", `/${unknownId}`, {}, 404],
  ["the text of an unknown document", `/${unknownId}/text`, {}, 404],
  ["an unknown route", `/${unknownId}/nowhere`, {}, 404],
  ["a method that is not offered", "", { method: "DELETE" }, 404],
])("%s is answered with a problem", async (_name, path, init, status) => {
  const before = await catalogue();

  const response = await fetch(`${server.origin}/api/v1/documents${path}`, init);

  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(await response.json()).toMatchObject({
    type: "about:blank",
    title: expect.any(String),
    status,
    detail: expect.any(String),
    code: expect.stringMatching(
      /^(INVALID_(REQUEST|ID|CURSOR)|UNKNOWN_DOCUMENT|NOTHING_HERE|TOO_LARGE|UNSUPPORTED_MEDIA_TYPE)$/,
    ),
  });
  expect(await catalogue()).toEqual(before);
});

test("an ID of no known scheme is answered with a problem", async () => {
  const response = await fetch(`${server.origin}/api/v1/ids/${encodeURIComponent("no id!")}`);

  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
});

test("a page of another origin changes nothing, also without a body that browsers ask about first", async () => {
  const before = await catalogue();
  const init = { method: "POST", headers: { origin: "https://evil.example" } };

  expect((await fetch(`${server.origin}/api/v1/documents`, init)).status).toBe(403);
  expect(await catalogue()).toEqual(before);
  const own = { method: "POST", headers: { origin: server.origin } };
  expect((await fetch(`${server.origin}/api/v1/documents`, own)).status).toBe(201);
});

test("refused requests are counted", async () => {
  const name = 'scriptorium_http_requests_total{method="POST",status="4xx"}';
  const before = await server.metric(name);

  await fetch(`${server.origin}/api/v1/documents`, post({ title: 7 }));

  expect(await server.metric(name)).toBe(before + 1);
});

test("a request whose sender leaves half-way harms nobody", async () => {
  const headers = { ...json, "content-length": "1000" };
  const half = request(`${server.origin}/api/v1/documents`, { method: "POST", headers });
  const ended = new Promise((resolve) => half.once("close", resolve));
  half.on("error", () => {});
  half.write('{"title":', () => half.destroy());
  await ended;

  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
});

async function catalogue(): Promise<unknown> {
  return (await fetch(`${server.origin}/api/v1/documents`)).json();
}
