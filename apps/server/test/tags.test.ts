import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines } from "./harness/cli-process";
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

interface Answer {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly updatedAt: string;
  readonly documents: readonly Answer[];
  readonly nextCursor: string | null;
  readonly detail: string;
}

async function call(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${server.origin}/api/v1/documents${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  return (await response.json()) as Answer;
}

async function titles(query: string): Promise<string[]> {
  return (await call("GET", query)).documents.map(({ title }) => title);
}

async function counts(query = ""): Promise<unknown> {
  const response = await fetch(`${server.origin}/api/v1/tags${query}`);
  return ((await response.json()) as { tags: unknown }).tags;
}

test("tags are set, listed, filtered by and counted, also after a restart and from nothing but the log", async () => {
  const plan = await call("POST", "", { title: "Plan", tags: [" Work ", "work", "2026"] });
  const { id: menu } = await call("POST", "", { title: "Menu", text: "Soup of the plan" });
  const { id: letter } = await call("POST", "", { title: "Letter", tags: ["home"] });
  expect([plan.tags, (await call("GET", `/${menu}`)).tags]).toEqual([["Work", "2026"], []]);

  const tagged = await call("PATCH", `/${menu}`, { tags: ["WORK", "Home"] });
  expect(tagged).toMatchObject({ title: "Menu", tags: ["WORK", "Home"] });
  await call("PATCH", `/${letter}`, { title: "A letter", tags: ["home", "שלום"] });

  const state = async () => ({
    work: await titles("?tag=work"),
    both: await titles("?tag=work&tag=HOME"),
    hebrew: await titles(`?tag=${encodeURIComponent("שלום")}`),
    sorted: await titles("?tag=home&sort=title"),
    counts: await counts(),
  });
  const expected = {
    work: ["Menu", "Plan"],
    both: ["Menu"],
    hebrew: ["A letter"],
    sorted: ["A letter", "Menu"],
    counts: [
      { tag: "home", documents: 2 },
      { tag: "Work", documents: 2 },
      { tag: "2026", documents: 1 },
      { tag: "שלום", documents: 1 },
    ],
  };
  expect(await state()).toEqual(expected);
  expect(await titles("?query=plan&tag=WORK"), "with a search, at once by title").toContain("Plan");
  await expect.poll(() => titles("?query=plan&tag=home"), { timeout: 8000 }).toEqual(["Menu"]);
  expect(await titles("?query=plan&tag=2026&tag=home")).toEqual([]);

  await call("DELETE", `/${plan.id}`);
  expect([await titles("?tag=work"), await titles("?tag=work&deleted=true")]).toEqual([["Menu"], ["Plan"]]);
  expect(await counts("?limit=2")).toEqual([
    { tag: "home", documents: 2 },
    { tag: "Work", documents: 1 },
  ]);
  await call("POST", `/${plan.id}/restore`);
  expect(await state()).toEqual(expected);

  await server.stop("SIGKILL");
  server = await ServerProcess.start(directory.path);
  expect(await state()).toEqual(expected);

  await server.stop();
  await rm(join(directory.path, "projections"), { recursive: true });
  server = await ServerProcess.start(directory.path);
  expect(await state()).toEqual(expected);

  const records = await jsonLines<{ kind: string; text?: unknown }>(
    ...["log", "dump", "--data", directory.path, "--text"],
  );
  expect(records.filter(({ kind }) => kind === "tagged").map(({ text }) => text)).toEqual([
    { tags: ["WORK", "Home"] },
    { tags: ["home", "שלום"] },
  ]);
});

test("a filtered list is paged like any other, in every order", async () => {
  const made: string[] = [];
  for (let number = 0; number < 5; number++) {
    made.push((await call("POST", "", { title: `Page ${number}`, tags: ["Paged"] })).id);
    await call("POST", "", { title: `Other ${number}` });
  }
  for (const sort of ["updated", "created", "title"]) {
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const cursor: string = next === "" ? "" : `&cursor=${next}`;
      const page = await call("GET", `?tag=paged&sort=${sort}&limit=2${cursor}`);
      seen.push(...page.documents.map(({ id }) => id));
      next = page.nextCursor;
    }
    expect(seen).toEqual(sort === "title" ? made : made.toReversed());
  }
});

test("everybody in a document is told its tags; tagging is no edit", async () => {
  const { id, updatedAt } = await call("POST", "", { title: "Open", text: "Once" });
  const ada = ownClient(server.socketUrl, id);
  const told = new Promise((resolve) => {
    ada.onEvent((event) => event.type === "tags" && resolve(event.tags));
  });
  await reached(ada, "saved");
  expect((await call("PATCH", `/${id}`, { tags: ["a", "b", "A"] })).updatedAt).toBe(updatedAt);
  expect(await told).toEqual(["a", "b"]);
  ada.destroy();
});

test.each<[string, unknown, string]>([
  ["a comma", { tags: ["fine", "a,b"] }, "tags.1: must not have a comma"],
  ["nothing but spaces", { tags: [" "] }, "tags.0: must not be empty"],
  ["a line break", { tags: ["a\nb"] }, "tags.0: must not have control characters"],
  ["41 characters", { tags: ["x".repeat(41)] }, "tags.0: must have at most 40 characters"],
  [
    "too many",
    { tags: Array.from({ length: 21 }, (_, number) => String(number)) },
    "tags: must be at most 20 tags",
  ],
  ["neither title nor tags", {}, "must have a title or tags"],
])("tags with %s are refused, and it is said why", async (_what, body, detail) => {
  const { id } = await call("POST", "", { tags: ["kept"] });
  const refused = await call("PATCH", `/${id}`, body as object);
  expect(refused).toMatchObject({ status: 400, detail });
  expect((await call("GET", `/${id}`)).tags).toEqual(["kept"]);
});

test("what cannot be a tag cannot be looked for", async () => {
  expect(await call("GET", "?tag=a,b")).toMatchObject({
    status: 400,
    detail: "tag.0: must not have a comma",
  });
  const response = await fetch(`${server.origin}/api/v1/tags?limit=501`);
  expect([response.status, response.headers.get("content-type")]).toEqual([
    400,
    expect.stringMatching(/^application\/problem\+json/),
  ]);
});
