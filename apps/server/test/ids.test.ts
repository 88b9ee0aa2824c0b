import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { snowflakeParts } from "@scriptorium/ids";
import { expect, test } from "vitest";
import { jsonLines } from "./harness/cli-process";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

interface Answer {
  readonly names: unknown;
  readonly server: { readonly node: number };
  readonly explanations: readonly { readonly scheme: string; readonly node?: number }[];
}

interface Dumped {
  readonly revision: string;
  readonly document: string;
}

async function explained(server: ServerProcess, id: string): Promise<Answer> {
  const response = await fetch(`${server.origin}/api/v1/ids/${encodeURIComponent(id)}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

async function minted(server: ServerProcess, order: unknown) {
  const response = await fetch(`${server.origin}/api/v1/ids`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(order),
  });
  return { status: response.status, body: (await response.json()) as { ids: string[]; detail: string } };
}

test("IDs name documents and revisions, and say why they name nothing; samples are minted", async () => {
  const directory = await temporaryDirectory();
  const server = await ServerProcess.start(directory.path);
  const letter = await server.createDocument({ title: "Letter", text: "Dear Grace" });
  const menu = await server.createDocument({ title: "Menu" });
  await fetch(`${server.origin}/api/v1/documents/${letter}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "A letter" }),
  });

  const names = { type: "document", id: letter, title: "A letter" };
  expect((await explained(server, letter)).names).toEqual(names);
  expect((await explained(server, ` ${letter.toLowerCase()} `)).names).toEqual(names);

  // The command line says the same while the server runs.
  const [onCommandLine] = await jsonLines<Answer>("id", letter, "--data", directory.path);
  expect(onCommandLine?.names).toEqual(names);
  expect(onCommandLine?.explanations).toEqual((await explained(server, letter)).explanations);

  const records = await jsonLines<Dumped>("log", "dump", "--data", directory.path);
  expect(records).toHaveLength(4);
  const titles: Record<string, string> = { [letter]: "A letter", [menu]: "Menu" };
  for (const { revision, document } of records) {
    const answer = await explained(server, revision);
    expect(answer.names).toEqual({ type: "revision", document: { id: document, title: titles[document] } });
    expect(answer.explanations[0]?.node).toBe(answer.server.node);
  }
  const newest = BigInt(records.at(-1)?.revision ?? 0);
  for (const revision of [newest + 1n, newest - (3_600_000n << 22n), newest + (3_600_000n << 22n), 0n]) {
    expect((await explained(server, String(revision))).names).toBeNull();
  }
  expect((await explained(server, "01ARZ3NDEKTSV4RRFFQ69G5FAV")).names).toBeNull();

  const { body } = await minted(server, { scheme: "snowflake", count: 1000 });
  expect(new Set(body.ids).size).toBe(1000);
  expect(body.ids.map(BigInt)).toEqual(body.ids.map(BigInt).toSorted((a, b) => (a < b ? -1 : 1)));
  const { node } = (await explained(server, letter)).server;
  expect(body.ids.map((id) => snowflakeParts(BigInt(id)).node)).not.toContain(node);
  for (const scheme of ["ulid", "uuid-v1", "uuid-v4", "uuid-v6", "uuid-v7", "uuid-v8", "nanoid"]) {
    const { ids } = (await minted(server, { scheme })).body;
    expect(ids).toHaveLength(1);
    const [reading] = (await explained(server, ids[0] ?? "")).explanations;
    expect(scheme.startsWith(reading?.scheme ?? "none")).toBe(true);
  }
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

test("what is no ID is refused with a reason, in bounds, and what is no order, too", async () => {
  const directory = await temporaryDirectory();
  const server = await ServerProcess.start(directory.path);
  const refusals: [string, object][] = [
    ["8ZZZZZZZZZZZZZZZZZZZZZZZZZ", { code: "TIME_OUT_OF_RANGE", scheme: "ulid" }],
    ["9223372036854775808", { code: "OVERFLOW", scheme: "snowflake" }],
    ["01ARZ3NDEKTSV4RRFFQ69G5FA", { code: "WRONG_LENGTH", length: 25, expectedLength: 26 }],
    [
      "O1ARZ3NDEKTSV4RRFFQ69G5FAV",
      { code: "BAD_CHARACTER", at: 0, suggestion: "01ARZ3NDEKTSV4RRFFQ69G5FAV" },
    ],
    ["x".repeat(900), { code: "TOO_LONG", length: 900 }],
    ["🖋", { code: "WRONG_LENGTH" }],
  ];
  for (const [id, fault] of refusals) {
    const response = await fetch(`${server.origin}/api/v1/ids/${encodeURIComponent(id)}`);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({
      code: "UNKNOWN_SCHEME",
      fault,
      detail: expect.stringMatching(/\.$/),
    });
  }
  const far = await fetch(`${server.origin}/api/v1/ids/${"x".repeat(5000)}`);
  expect(far.status).toBeGreaterThanOrEqual(400);
  expect(far.status).toBeLessThan(500);

  const orders = [
    undefined,
    {},
    { scheme: "uuid-v5" },
    { scheme: "ulid", count: 0 },
    { scheme: "ulid", count: 1001 },
    { scheme: "ulid", count: 1.5 },
    { scheme: "ulid", secret: true },
  ];
  for (const order of orders) expect((await minted(server, order)).status).toBe(400);
  expect(await server.metric("scriptorium_log_appends_total")).toBe(0);
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

test("of servers that begin at once on the same data one lives, whichever nodes they are given", async () => {
  for (const nodes of [
    [undefined, undefined],
    ["7", "7"],
    ["7", "8"],
  ]) {
    const directory = await temporaryDirectory();
    const servers = nodes.map((node) =>
      ServerProcess.launch(directory.path, node === undefined ? {} : { env: { SCRIPTORIUM_NODE: node } }),
    );
    const began = await Promise.allSettled(servers.map((server) => server.ready()));
    expect(began.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = servers[began.findIndex(({ status }) => status === "fulfilled")];
    const loser = servers[began.findIndex(({ status }) => status === "rejected")];
    expect(await loser?.ended).toBe(1);
    expect(await winner?.stop()).toBe(0);
    await directory.remove();
  }
});

test("a data directory keeps the node that it chose; a configured one is used, and the choice stays", async () => {
  const directory = await temporaryDirectory();
  const nodeIn = async (env: Record<string, string>) => {
    const server = await ServerProcess.start(directory.path, { env });
    const id = await server.createDocument();
    const { node } = (await explained(server, id)).server;
    expect(await server.metric("scriptorium_id_node")).toBe(node);
    const metrics = await (await fetch(`${server.origin}/metrics`)).text();
    for (const fault of ["clock_steps_back", "clock_steps_forward", "sequence_exhausted"]) {
      expect(metrics).toMatch(new RegExp(`^scriptorium_id_${fault}_total 0$`, "m"));
    }
    expect(await server.stop()).toBe(0);
    return node;
  };
  const chosen = await nodeIn({});
  expect(await readFile(join(directory.path, "state", "node"), "utf8")).toBe(`${chosen}\n`);
  const other = (chosen + 1) % 1024;
  expect(await nodeIn({ SCRIPTORIUM_NODE: String(other) })).toBe(other);
  expect(await nodeIn({})).toBe(chosen);

  const records = await jsonLines<Dumped>("log", "dump", "--data", directory.path);
  const revisions = records.map(({ revision }) => BigInt(revision));
  expect(revisions.map((revision) => snowflakeParts(revision).node)).toEqual([chosen, other, chosen]);
  expect(revisions).toEqual(revisions.toSorted((a, b) => (a < b ? -1 : 1)));
  await directory.remove();
});
