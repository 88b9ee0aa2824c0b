import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MetricsDocument } from "../src/document-metrics/document-metrics";
import { jsonLines } from "./harness/cli-process";
import { EventReader } from "./harness/event-reader";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { WireClient } from "./harness/wire-client";

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

async function get(id: string, path = ""): Promise<Response> {
  return fetch(`${server.origin}/api/v1/documents/${id}/metrics${path}`);
}

async function metricsOf(id: string): Promise<MetricsDocument> {
  const response = await get(id);
  expect(response.status).toBe(200);
  return (await response.json()) as MetricsDocument;
}

const steps = ["minute", "hour", "day"] as const;

interface Series {
  readonly from: string;
  readonly to: string;
  readonly stepSeconds: number;
  readonly edits: number[];
  readonly inserted: number[];
  readonly deleted: number[];
  readonly editors: number[];
}

async function seriesOf(id: string, query: string): Promise<Series> {
  const response = await get(id, `/series?${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Series;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** Somebody at the document, who says who it is. */
async function enter(id: string, client: number, user?: object): Promise<WireClient> {
  const replica = await WireClient.join(server.socketUrl, id);
  if (user !== undefined) replica.speakFor(client, 1, { user });
  await replica.settled();
  return replica;
}

/** What is counted, without what a restart may change. */
function lasting({ text, totals, authors, othersCount, storage }: MetricsDocument) {
  const { logBytes, logRecords } = storage;
  return { text, totals, authors, othersCount, logBytes, logRecords };
}

test("counts what two people do, live and afterwards, the same from nothing but the log", async () => {
  const id = await server.createDocument({ title: "Counted" });
  expect(await metricsOf(id)).toMatchObject({
    id,
    text: { characters: 0, words: 0, lines: 1, revision: null },
    now: { connections: 0, editors: 0, editsPerMinute: 0 },
    totals: { edits: 0, inserted: 0, deleted: 0, editors: 0, views: 0, exports: 0, connectionsPeak: 0 },
    authors: [],
    latency: { durableP50Ms: null, durableP99Ms: null, samples: 0 },
    storage: { stateBytes: 0, compression: null, checkpoint: null, uncheckpointedUpdates: 0 },
  });

  const ada = await enter(id, 1, { id: "ada", name: "Ada" });
  const grace = await enter(id, 2, { id: "grace", name: "Grace" });
  const other = await enter(id, 3, { id: "ada", name: "Ada" });
  ada.edit((text) => text.insert(0, "two words\n"));
  await ada.saved();
  await grace.until(() => grace.doc.getText("content").length === 10);
  grace.edit((text) => text.insert(10, "😀"));
  grace.edit((text) => text.delete(0, 4));
  await grace.saved();
  other.edit((text) => text.insert(0, "x"));
  await other.saved();

  const expected = {
    text: { characters: 8, words: 1, lines: 2 },
    now: { connections: 3, editors: 2, editsPerMinute: 4 },
    totals: { edits: 4, inserted: 13, deleted: 4, editors: 2, views: 3, exports: 0, connectionsPeak: 3 },
    authors: [
      { id: "ada", name: "Ada", edits: 2, inserted: 11, deleted: 0 },
      { id: "grace", name: "Grace", edits: 2, inserted: 2, deleted: 4 },
    ],
    othersCount: 0,
    latency: { samples: expect.any(Number) },
    storage: { checkpoint: null, uncheckpointedUpdates: 4 },
  };
  await expect.poll(() => metricsOf(id), { timeout: 10_000 }).toMatchObject(expected);
  const live = await metricsOf(id);
  expect(live.latency.samples, "one for each commit").toBeGreaterThan(2);
  expect(live.latency.durableP50Ms).toBeGreaterThan(0);
  expect(live.latency.durableP99Ms).toBeGreaterThanOrEqual(live.latency.durableP50Ms ?? 0);
  expect(live.storage.logBytes).toBeGreaterThan(live.storage.stateBytes);
  expect(live.text?.revision).toMatch(/^\d+$/);

  const range = `from=${new Date(Date.now() - 600_000).toISOString()}&to=${new Date(Date.now() + 600_000).toISOString()}`;
  const series = () => Promise.all(steps.map((step) => seriesOf(id, `step=${step}&${range}`)));
  const counted = await series();
  expect(counted.map(({ stepSeconds }) => stepSeconds)).toEqual([60, 3600, 86_400]);
  expect(counted[0]?.edits.length).toBeGreaterThanOrEqual(20);
  for (const { edits, inserted, deleted, editors } of counted) {
    expect([sum(edits), sum(inserted), sum(deleted)]).toEqual([4, 13, 4]);
    expect(Math.max(...editors)).toBe(2);
  }
  expect((await seriesOf(id, "")).edits.length, "the last hour by default").toBeGreaterThanOrEqual(60);

  await server.text(id);
  expect((await metricsOf(id)).totals.exports).toBe(1);
  for (const client of [ada, grace, other]) client.vanish();
  await expect.poll(async () => (await metricsOf(id)).now.connections).toBe(0);
  const kept = lasting(await metricsOf(id));
  expect(kept.totals).toMatchObject({ views: 3, exports: 1, connectionsPeak: 3 });

  await server.stop();
  server = await ServerProcess.start(directory.path);
  const restarted = lasting(await metricsOf(id));
  // The record of how it was used was written in between.
  expect(restarted).toMatchObject({ ...kept, logRecords: kept.logRecords + 1, logBytes: expect.anything() });

  await server.stop();
  await rm(join(directory.path, "projections"), { recursive: true });
  server = await ServerProcess.start(directory.path);
  expect(lasting(await metricsOf(id))).toEqual(restarted);
  expect(await series()).toEqual(counted);

  const records = await jsonLines<{ kind: string; text?: unknown }>(
    ...["log", "dump", "--data", directory.path, "--document", id, "--text"],
  );
  const said = records.filter(({ kind }) => kind === "author" || kind === "usage");
  expect(said.map(({ text }) => text)).toEqual([
    { actor: expect.any(String), name: "Ada", person: "ada" },
    { actor: expect.any(String), name: "Grace", person: "grace" },
    { actor: expect.any(String), name: "Ada", person: "ada" },
    { views: 3, exports: 1, connectionsPeak: 3 },
  ]);
});

test("who says who it is late, or not at all, is counted all the same", async () => {
  const id = await server.createDocument({ text: "posted" });
  const ada = await enter(id, 1);
  ada.edit((text) => text.insert(0, "a"));
  await ada.saved();
  await expect
    .poll(async () => (await metricsOf(id)).authors)
    .toMatchObject([
      { id: expect.stringMatching(/^[0-9A-Z]{26}$/), name: null, edits: 1 },
      { name: null, edits: 1 },
    ]);
  ada.speakFor(1, 1, { user: { id: "ada", name: " Ada\u0000\n " }, cursor: null });
  await ada.settled();
  ada.edit((text) => text.insert(0, "b"));
  await ada.saved();
  await expect.poll(async () => (await metricsOf(id)).totals.edits).toBe(3);
  const { authors, totals } = await metricsOf(id);
  expect(authors).toMatchObject([
    { id: "ada", name: "Ada", edits: 2, inserted: 2 },
    { name: null, edits: 1, inserted: 6 },
  ]);
  expect(totals.editors).toBe(2);
  ada.vanish();
});

test("tells the figures as they change, at most once a second, until the document is deleted", async () => {
  const id = await server.createDocument();
  const events = await EventReader.open(`${server.origin}/api/v1/documents/${id}/metrics/stream`);
  expect(events.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(events.headers.get("cache-control")).toMatch(/no-transform/);
  expect(events.headers.get("x-accel-buffering")).toBe("no");
  expect(JSON.parse((await events.next()).data)).toMatchObject({ id, totals: { edits: 0 } });

  const ada = await enter(id, 1, { id: "ada", name: "Ada" });
  const begun = performance.now();
  let told: MetricsDocument;
  let count = 0;
  for (let edits = 0; edits < 50; edits++) ada.edit((text) => text.insert(0, "word "));
  await ada.saved();
  do {
    const event = await events.next();
    expect(event.event).toBe("metrics");
    told = JSON.parse(event.data);
    count++;
  } while (told.totals.edits < 50 || told.text?.words !== 50);
  expect(count).toBeLessThanOrEqual(1 + (performance.now() - begun) / 1000);
  expect(told).toMatchObject({ now: { connections: 1, editors: 1, editsPerMinute: 50 } });
  ada.vanish();

  await fetch(`${server.origin}/api/v1/documents/${id}`, { method: "DELETE" });
  let last = await events.next();
  while (last.event === "metrics") last = await events.next();
  expect(last).toEqual({ event: "end", data: '{"because":"deleted"}' });
  expect(await events.ended).toBe(true);
  const statuses = ["", "/series", "/stream"].map(async (path) => (await get(id, path)).status);
  expect(await Promise.all(statuses)).toEqual([410, 410, 410]);
});

test.each([
  ["reversed", "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "INVALID_RANGE"],
  ["too long", "step=day&from=0001-01-01T00:00:00Z", "INVALID_RANGE"],
  ["of the future", "step=day&to=9999-12-31T23:59:59Z", "INVALID_RANGE"],
  [
    "of minutes that are not kept",
    "step=minute&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z",
    "INVALID_RANGE",
  ],
  ["without an offset", "from=2026-01-01T00:00:00", "INVALID_REQUEST"],
  ["that is no time", "from=yesterday", "INVALID_REQUEST"],
  ["by the second", "step=second", "INVALID_REQUEST"],
])("a range %s is refused, and it is said why", async (_what, query, code) => {
  const id = await server.createDocument();
  const response = await get(id, `/series?${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code, detail: expect.any(String) });
});

test("a range that is refused is answered with the bounds", async () => {
  const id = await server.createDocument();
  const response = await get(id, "/series?step=hour&from=2020-01-01T00:00:00Z");
  expect(await response.json()).toMatchObject({
    fault: { step: "hour", bucketsMax: 3000, earliest: expect.any(String), latest: expect.any(String) },
    detail: expect.stringMatching(/at most 3000 buckets from .* until /),
  });
});

test("there are no figures of what is no document", async () => {
  const statuses = async (id: string) =>
    Promise.all(["", "/series", "/stream"].map(async (path) => (await get(id, path)).status));
  expect(await statuses("01HZY0000000000000000000AB")).toEqual([404, 404, 404]);
  expect(await statuses("nonsense")).toEqual([400, 400, 400]);
});

test("so many follow the figures of a document, and no more; a shutdown ends all", async () => {
  const id = await server.createDocument();
  const url = `${server.origin}/api/v1/documents/${id}/metrics/stream`;
  const streams = await Promise.all(Array.from({ length: 100 }, () => EventReader.open(url)));
  const refused = await fetch(url);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "30"]);
  expect(await refused.json()).toMatchObject({ code: "TOO_MANY_STREAMS" });
  streams[0]?.close();
  await expect
    .poll(async () => {
      const again = await fetch(url);
      await again.body?.cancel();
      return again.status;
    })
    .toBe(200);
  const stopped = server.stop();
  expect(await Promise.all(streams.slice(1).map(({ ended }) => ended))).not.toContain(false);
  expect(await stopped).toBe(0);
  server = await ServerProcess.start(directory.path);
});
