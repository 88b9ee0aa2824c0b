import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { ownClient, reached, textOf } from "./harness/clients";
import { attributeOf, type CollectedSpan, Collector } from "./harness/collector";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const callerSpan = "b7ad6b7169203331";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let collector: Collector;
let server: ServerProcess;

async function startServer(sampled: string, endpoint = collector.origin): Promise<void> {
  server = await ServerProcess.start(directory.path, {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_TRACES_SAMPLER_ARG: sampled,
      OTEL_BSP_SCHEDULE_DELAY: "50",
      OTEL_METRIC_EXPORT_INTERVAL: "200",
      OTEL_EXPORTER_OTLP_TIMEOUT: "1000",
    },
  });
}

/** Two people in one document, of whom the first edits it, until the second has the edit and it is on the disk. */
async function edit(documentId: string, WebSocketPolyfill?: typeof globalThis.WebSocket): Promise<void> {
  const ada = ownClient(server.socketUrl, documentId, WebSocketPolyfill && { WebSocketPolyfill });
  const grace = ownClient(server.socketUrl, documentId);
  await Promise.all([reached(ada, "saved"), reached(grace, "saved")]);
  const arrived = new Promise<void>((resolve) => {
    grace.doc.on("update", () => {
      if (textOf(grace.doc) === "a word") resolve();
    });
  });
  ada.doc.getText("content").insert(0, "a word");
  await Promise.all([arrived, reached(ada, "saved")]);
  ada.destroy();
  grace.destroy();
}

/** The whole trace of one edit, once all of it has arrived. */
function traceOfEdit({ spans }: Collector): ReadonlyMap<string, CollectedSpan> | undefined {
  for (const root of spans.filter(({ name }) => name === "edit")) {
    const members = spans.filter((span) => span.traceId === root.traceId);
    if (members.length === 5) return new Map(members.map((span) => [span.name, span]));
  }
  return undefined;
}

beforeEach(async () => {
  directory = await temporaryDirectory();
  collector = await Collector.start();
});

afterEach(async () => {
  await server.stop();
  collector.stop();
  await directory.remove();
});

describe("telemetry", () => {
  it("follows an edit from its frame to the disk and to the others, in one trace", async () => {
    await startServer("1");
    const id = await server.createDocument();
    await edit(id);
    const trace = await collector.until(traceOfEdit);
    const [root, commit, sync] = ["edit", "log.commit", "fsync"].map((name) => trace.get(name));
    if (root === undefined || commit === undefined || sync === undefined)
      throw new Error("a span is missing");
    expect(attributeOf(root, "scriptorium.document")).toBe(id);
    expect(attributeOf(root, "scriptorium.revision")).toMatch(/^\d+$/);
    for (const name of ["judge", "log.commit", "relay"]) {
      expect(trace.get(name)?.parentSpanId, name).toBe(root.spanId);
    }
    expect(sync.parentSpanId).toBe(commit.spanId);
    expect(BigInt(sync.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(commit.endTimeUnixNano));
    const relay = trace.get("relay");
    expect(relay && attributeOf(relay, "scriptorium.receivers")).toBe("1");
  });

  it("goes on with the trace that a client has begun, and leaves all others alone", async () => {
    await startServer("0");
    const id = await server.createDocument();
    await edit(id);
    const other = await server.createDocument();
    await edit(
      other,
      class extends WebSocket {
        constructor(address: string) {
          super(address, { headers: { traceparent: `00-${traceId}-${callerSpan}-01` } });
        }
      } as unknown as typeof globalThis.WebSocket,
    );
    const trace = await collector.until(traceOfEdit);
    expect(trace.get("edit")).toMatchObject({ traceId, parentSpanId: callerSpan });
    const answer = await fetch(`${server.origin}/api/v1/documents/${id}`, {
      headers: { traceparent: `00-${traceId}-${callerSpan}-01` },
    });
    expect(answer.status).toBe(200);
    const request = await collector.until(({ spans }) => spans.find(({ name }) => name.startsWith("GET ")));
    expect(request).toMatchObject({ name: "GET /api/v1/documents/:id", traceId, parentSpanId: callerSpan });
    expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  });

  it("tells the collector the metrics that Prometheus is told", async () => {
    await startServer("0");
    await edit(await server.createDocument());
    await collector.until(({ metricNames }) => metricNames.has("scriptorium_edits_total") || undefined);
    const scraped = await (await fetch(`${server.origin}/metrics`)).text();
    const names = [...scraped.matchAll(/^# TYPE (scriptorium_\S+)/gm)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(30);
    // What an edit brings along may come with the next export.
    await collector.until(({ metricNames }) => names.every((name) => metricNames.has(name)) || undefined);
  });

  it("edits and stops as ever where the collector cannot be reached, and says so once", async () => {
    const { origin } = collector;
    collector.stop();
    await startServer("1", origin);
    const id = await server.createDocument();
    await edit(id);
    const complaints = () => server.output.filter((line) => line.includes("the collector cannot be told"));
    await expect.poll(() => complaints().length, { timeout: 20_000 }).toBe(1);
    expect(await server.stop()).toBe(0);
    expect(complaints()).toHaveLength(1);
  });
});
