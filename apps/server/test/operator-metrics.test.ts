import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ownClient, reached } from "./harness/clients";
import { readExposition } from "./harness/exposition";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const token = "correct-horse-battery";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

afterEach(async () => {
  await server.stop();
  await directory.remove();
});

async function start(env: Record<string, string> = {}): Promise<void> {
  server = await ServerProcess.start(directory.path, { env });
}

/** Somebody types so many letters, one by one, until all are on the disk. */
async function type(documentId: string, letters: number, person?: string): Promise<void> {
  const client = ownClient(server.socketUrl, documentId);
  if (person !== undefined) client.awareness.setLocalStateField("user", { id: person, name: person });
  await reached(client, "saved");
  for (let letter = 0; letter < letters; letter++) client.doc.getText("content").insert(0, "x");
  await reached(client, "saved");
  client.destroy();
}

async function exposition(origin = server.origin) {
  const response = await fetch(`${origin}/metrics`);
  expect(response.status).toBe(200);
  return readExposition(await response.text());
}

async function statusReport(headers: Record<string, string> = {}) {
  const response = await fetch(`${server.origin}/api/v1/status`, { headers });
  const body = (await response.json()) as {
    code?: string;
    health: { name: string; state: string }[];
    groups: { name: string; figures: { name: string; value: number | null }[] }[];
    busiest: Record<string, { id: string; title: string; edits: number }[]> | null;
  };
  return { response, body };
}

test("every metric has a help and a type, and a hostile title, name or address is in none of them", async () => {
  await start();
  const hostile = 'evil"} 1\nscriptorium_edits_total 666';
  const id = await server.createDocument({ title: 'evil"} 1 scriptorium_edits_total 666', text: hostile });
  await type(id, 3, hostile.slice(0, 60));
  await fetch(`${server.origin}/${encodeURIComponent(hostile)}`);
  await fetch(`${server.origin}/api/v1/documents/${encodeURIComponent(hostile)}`);
  await fetch(`${server.origin}/api/v1/documents?query=${encodeURIComponent(hostile)}`);
  const families = await exposition();
  const byName = new Map(families.map((family) => [family.name, family]));
  expect(byName.size).toBe(families.length);
  for (const { name, help, type, samples } of families) {
    expect([name, help === "", ["counter", "gauge", "histogram"].includes(type)]).toEqual([
      name,
      false,
      true,
    ]);
    for (const { labels } of samples) expect(JSON.stringify(labels)).not.toContain("evil");
  }
  expect(byName.get("scriptorium_edits_total")?.samples[0]?.value).toBe(3);
  expect(byName.get("scriptorium_documents_imported_total")?.samples[0]?.value).toBe(1);
  expect(byName.get("scriptorium_distinct_editors")?.samples.map(({ value }) => value)).toEqual([1, 1]);
  expect(byName.get("scriptorium_document_edits")?.samples).toContainEqual({
    name: "scriptorium_document_edits",
    labels: { document: id, window: "5m" },
    value: 3,
  });
  const routes = byName.get("scriptorium_http_request_duration_seconds")?.samples ?? [];
  expect(new Set(routes.map(({ labels }) => labels.route))).toEqual(
    new Set(["/readyz", "/api/v1/documents", "/api/v1/documents/:id", "(none)"]),
  );
});

test("of per-document metrics there are no more than were asked for", async () => {
  await start({ SCRIPTORIUM_METRICS_DOCUMENTS: "2" });
  const ids = await Promise.all([1, 2, 3].map(() => server.createDocument()));
  for (const [index, id] of ids.entries()) await type(id, index + 1);
  const edits = (await exposition()).find(({ name }) => name === "scriptorium_document_edits");
  const lately = edits?.samples.filter(({ labels }) => labels.window === "5m");
  expect(lately?.map(({ labels, value }) => [labels.document, value])).toEqual([
    [ids[2], 3],
    [ids[1], 2],
  ]);
});

test("with a token, metrics and status are the operator's, and all else is everybody's", async () => {
  await start({ SCRIPTORIUM_OPERATOR_TOKEN: token });
  for (const path of ["/metrics", "/api/v1/status"]) {
    for (const authorization of [undefined, `Bearer ${token}2`, `Basic ${token}`]) {
      const response = await fetch(server.origin + path, { headers: authorization ? { authorization } : {} });
      expect([path, authorization, response.status]).toEqual([path, authorization, 401]);
      expect(response.headers.get("www-authenticate")).toBe('Bearer realm="scriptorium operator"');
      expect(await response.json()).toMatchObject({ code: "OPERATOR_ONLY", status: 401 });
    }
    const known = await fetch(server.origin + path, { headers: { authorization: `Bearer ${token}` } });
    expect([path, known.status]).toEqual([path, 200]);
  }
  for (const path of ["/readyz", "/healthz", "/api/v1/documents"]) {
    expect((await fetch(server.origin + path)).status).toBe(200);
  }
});

test("metrics can have a port of their own, with nothing else, and the token holds there", async () => {
  await start({ SCRIPTORIUM_METRICS_PORT: "0", SCRIPTORIUM_OPERATOR_TOKEN: token });
  const origin = `http://127.0.0.1:${server.metricsPort}`;
  expect(server.metricsPort).not.toBe(server.port);
  const authorization = `Bearer ${token}`;
  const answer = async (url: string) => (await fetch(url, { headers: { authorization } })).status;
  expect(await answer(`${origin}/metrics`)).toBe(200);
  expect((await fetch(`${origin}/metrics`)).status).toBe(401);
  expect(await answer(`${server.origin}/metrics`)).toBe(404);
  expect(await answer(`${origin}/api/v1/documents`)).toBe(404);
  expect(await answer(`${server.origin}/api/v1/status`)).toBe(200);
  expect(await server.stop()).toBe(0);
});

test("only the groups that are asked for are measured; with none, status still tells of health", async () => {
  await start({ SCRIPTORIUM_METRICS: "log,business" });
  await type(await server.createDocument(), 1);
  const names = (await exposition()).map(({ name }) => name);
  expect(names).toContain("scriptorium_log_appends_total");
  expect(names).toContain("scriptorium_documents_created_total");
  expect(
    names.filter((name) => !/^scriptorium_(log|id|backup|history|durability|documents|mirror)_/.test(name)),
  ).toEqual([]);
  const { body } = await statusReport();
  expect(body.groups.map(({ name }) => name)).toEqual(["log", "business"]);
  expect(body.busiest).toBeNull();

  await server.stop();
  await start({ SCRIPTORIUM_METRICS: "off" });
  expect(await (await fetch(`${server.origin}/metrics`)).text()).toBe("\n");
  const off = (await statusReport()).body;
  expect([off.groups, off.health.length]).toEqual([[], 6]);
});

test("who edits and what is edited most is known after a restart, and begun anew without its file", async () => {
  await start();
  const id = await server.createDocument({ title: "Letter" });
  await type(id, 4, "ada");
  expect(await server.stop()).toBe(0);
  await start();
  await type(id, 2, "ada");
  await type(id, 1, "grace");
  expect(await server.metric('scriptorium_distinct_editors{period="day"}')).toBe(2);
  const { body } = await statusReport();
  expect(body.busiest?.["1h"]).toMatchObject([{ id, title: "Letter", edits: 7 }]);
  await server.stop();
  await rm(join(directory.path, "state", "activity.json.gz"));
  await start();
  expect(await server.metric('scriptorium_distinct_editors{period="month"}')).toBe(0);
  expect((await statusReport()).body.busiest?.["1d"]).toEqual([]);
});

test("status tells figures by groups, each with its history, and how the parts are", async () => {
  await start();
  const id = await server.createDocument();
  await type(id, 5);
  await server.text(id);
  const { body } = await statusReport();
  expect(body.groups.map(({ name }) => name)).toEqual([
    ...["traffic", "errors", "latency", "saturation", "log", "projections", "users", "business"],
  ]);
  expect(body.health.map(({ name }) => name)).toEqual([
    ...["log", "disk", "projections", "damage", "search", "eventLoop"],
  ]);
  const figure = async (name: string) =>
    (await statusReport()).body.groups.flatMap(({ figures }) => figures).find((each) => each.name === name)
      ?.value;
  await expect.poll(() => figure("exported"), { timeout: 20_000 }).toBe(1);
  expect(await figure("created")).toBe(1);
  expect(await figure("durableP99")).toBeGreaterThan(0);
  expect(await figure("memory")).toBeGreaterThan(1e7);
});
