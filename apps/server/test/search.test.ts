import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownClient, reached } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path);
});

afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

interface Page {
  readonly documents: {
    readonly id: string;
    readonly title: string;
    readonly snippet?: readonly { text: string; match: boolean }[];
  }[];
  readonly nextCursor: string | null;
}

async function list(parameters: Record<string, string>): Promise<Page> {
  const response = await fetch(`${server.origin}/api/v1/documents?${new URLSearchParams(parameters)}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}

async function titles(query: string, parameters: Record<string, string> = {}): Promise<string[]> {
  return (await list({ query, ...parameters })).documents.map(({ title }) => title);
}

async function call(method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(`${server.origin}/api/v1/documents${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
}

/** Within a few seconds: the index follows the log at a distance. */
const soon = { timeout: 8000, interval: 100 };

async function restart(): Promise<void> {
  await server.stop();
  server = await ServerProcess.start(directory.path);
}

test("finds documents by title and text, follows every change, and survives restarts and rebuilding", async () => {
  const recipe = await server.createDocument({ title: "Rhubarb cake", text: "Flour, butter & <b>eggs</b>" });
  await server.createDocument({ title: "Shopping", text: "rhubarb\nflour" });

  expect(await titles("rhub"), "a title is found at once").toEqual(["Rhubarb cake"]);
  await expect.poll(() => titles("rhub"), soon).toEqual(["Rhubarb cake", "Shopping"]);
  const { documents } = await list({ query: "EGG" });
  expect(documents[0]?.snippet).toEqual([
    { text: "Flour, butter & <b>", match: false },
    { text: "eggs", match: true },
    { text: "</b>", match: false },
  ]);

  await call("PATCH", `/${recipe}`, { title: "Strawberry cake" });
  expect(await titles("strawberry")).toEqual(["Strawberry cake"]);
  await expect.poll(() => titles("rhubarb"), soon).toEqual(["Shopping"]);

  await call("DELETE", `/${recipe}`);
  expect([await titles("egg"), await titles("egg", { deleted: "true" })]).toEqual([[], ["Strawberry cake"]]);
  await call("POST", `/${recipe}/restore`);
  expect(await titles("egg")).toEqual(["Strawberry cake"]);

  const ada = ownClient(server.socketUrl, recipe);
  await reached(ada, "saved");
  ada.doc.getText("content").insert(0, "Vanilla. ");
  await expect.poll(() => titles("vanilla"), soon).toEqual(["Strawberry cake"]);
  ada.doc.getText("content").delete(0, 9);
  await expect.poll(() => titles("vanilla"), soon).toEqual([]);
  ada.destroy();

  await restart();
  expect(await titles("egg"), "the index is kept").toEqual(["Strawberry cake"]);

  await server.stop();
  await rm(join(directory.path, "projections"), { recursive: true });
  server = await ServerProcess.start(directory.path);
  await expect.poll(() => titles("egg"), soon).toEqual(["Strawberry cake"]);
  await expect.poll(() => server.metric("scriptorium_search_waiting_documents"), soon).toBe(0);
});

test("an edit that a crash cut off from the index is found after the next start", async () => {
  const id = await server.createDocument({ title: "Crash" });
  const ada = ownClient(server.socketUrl, id);
  await reached(ada, "saved");
  ada.doc.getText("content").insert(0, "afterglow");
  await reached(ada, "saving");
  await reached(ada, "saved");
  await server.stop("SIGKILL");
  ada.destroy();
  server = await ServerProcess.start(directory.path);
  await expect.poll(() => titles("afterglow"), soon).toEqual(["Crash"]);
});

test("gives every hit exactly once by pages, sorted as asked", async () => {
  for (const number of [3, 1, 10, 2]) await server.createDocument({ title: `Chapter ${number}` });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await list({ query: "chapter", sort: "title", limit: "3", ...(cursor && { cursor }) });
    seen.push(...page.documents.map(({ title }) => title));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(["Chapter 1", "Chapter 2", "Chapter 3", "Chapter 10"]);
});

test.each([
  ['"', 200],
  ["NEAR(a b", 200],
  ["title:x OR *", 200],
  ["\u0000", 200],
  ["🎉", 200],
  ["x".repeat(201), 400],
])("answers the query %j with status %i", async (query, status) => {
  const response = await fetch(`${server.origin}/api/v1/documents?${new URLSearchParams({ query })}`);
  expect(response.status).toBe(status);
});

test.each([{ sort: "size" }, { cursor: "%%%" }, { limit: "0" }, { query: "a", cursor: "WyJ1cGRhdGVkIl0" }])(
  "answers %o with 400",
  async (parameters) => {
    const search = new URLSearchParams(Object.entries(parameters));
    expect((await fetch(`${server.origin}/api/v1/documents?${search}`)).status).toBe(400);
  },
);
