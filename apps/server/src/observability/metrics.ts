import { collectDefaultMetrics, Registry } from "prom-client";
import { CacheUse } from "./cache-use";
import { Instruments } from "./instruments";
import { type MetricGroup, metricGroups } from "./metric-groups";
import { Traffic } from "./traffic";

const secondsBuckets = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
];
const recordsBuckets = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096];
const requestSecondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/**
 * Every metric that the server's parts write to; values that others hold are read at scrape time by `observe`.
 *
 * @param groups those that are wanted; the rest is neither shown nor counted
 */
export function createMetrics(groups: ReadonlySet<MetricGroup> = new Set(metricGroups)) {
  const registry = new Registry();
  const instruments = new Instruments(registry, groups);
  if (instruments.has("saturation")) collectDefaultMetrics({ register: registry });
  const metrics = {
    registry,
    instruments,
    ...connectionMetrics(instruments),
    ...editMetrics(instruments),
    ...requestMetrics(instruments),
    ...businessMetrics(instruments),
    mirror: mirrorMetrics(instruments),
    errors: instruments.counter<"kind">(
      "errors",
      "scriptorium_errors_total",
      "What went wrong in the server itself, by kind; the log says more",
      ["kind"],
    ),
    caches: createCaches(instruments),
  };
  // Of what should never happen there is a zero from the beginning: of a first one out of nothing Prometheus sees no
  // increase.
  for (const reason of ["internal", "log_unavailable"]) metrics.messagesRejected.inc({ reason }, 0);
  metrics.httpRequests.inc({ method: "GET", status: "5xx" }, 0);
  return metrics;
}

export type Metrics = ReturnType<typeof createMetrics>;

function connectionMetrics(instruments: Instruments) {
  return {
    connections: instruments.gauge(
      "traffic",
      "scriptorium_connections",
      "WebSocket connections that are open",
    ),
    connectionsPeak: instruments.gauge(
      "traffic",
      "scriptorium_connections_peak",
      "Most WebSocket connections open at once since the start",
    ),
    connectionsOpened: instruments.counter(
      "traffic",
      "scriptorium_connections_opened_total",
      "WebSocket connections that joined a room",
    ),
    connectionsResumed: instruments.counter(
      "traffic",
      "scriptorium_connections_resumed_total",
      "Clients that came back and were sent only what they lacked",
    ),
    connectionsRejected: instruments.counter<"reason">(
      "errors",
      "scriptorium_connections_rejected_total",
      "WebSocket connections that were not let in, by reason",
      ["reason"],
    ),
    connectionsClosed: instruments.counter<"code">(
      "errors",
      "scriptorium_connections_closed_total",
      "WebSocket connections closed by the server, by close code",
      ["code"],
    ),
    connectionsBehind: instruments.counter(
      "saturation",
      "scriptorium_connections_behind_total",
      "Times that a client did not read fast enough, and was brought up to date from the log later",
    ),
    connectionsThrottled: instruments.counter(
      "saturation",
      "scriptorium_connections_throttled_total",
      "Times that a client sent faster than it may, and was not read for a while",
    ),
    traffic: new Traffic(instruments),
    messagesRejected: instruments.counter<"reason">(
      "errors",
      "scriptorium_messages_rejected_total",
      "Messages refused, by reason",
      ["reason"],
    ),
    messagesRelayed: instruments.tally(
      "traffic",
      "scriptorium_messages_relayed_total",
      "Frames sent on to other clients",
    ),
  };
}

function editMetrics(instruments: Instruments) {
  return {
    edits: instruments.tally("traffic", "scriptorium_edits_total", "Updates appended to the log"),
    updatesKnown: instruments.tally(
      "traffic",
      "scriptorium_updates_known_total",
      "Updates that brought nothing new and were not appended",
    ),
    updatesHeld: instruments.counter(
      "traffic",
      "scriptorium_updates_held_total",
      "Updates held back because they follow on edits that have not arrived",
    ),
    updatesQuarantined: instruments.counter(
      "errors",
      "scriptorium_updates_quarantined_total",
      "Updates that could not be applied and are left out of the state",
    ),
    relay: instruments.stopwatch(
      "latency",
      "scriptorium_relay_latency_seconds",
      "From the first update of a turn of the event loop until it is written to the sockets of all others",
      secondsBuckets,
    ),
    durableSeconds: instruments.histogram(
      "latency",
      "scriptorium_durable_latency_seconds",
      "From the first update of a commit to its durable acknowledgement",
      secondsBuckets,
    ),
    commitSyncSeconds: instruments.histogram(
      "log",
      "scriptorium_log_sync_seconds",
      "Time that one sync of the log takes, with the write where that is one with it",
      secondsBuckets,
    ),
    commitRecords: instruments.histogram(
      "log",
      "scriptorium_log_commit_records",
      "Records made durable by one commit",
      recordsBuckets,
    ),
  };
}

function requestMetrics(instruments: Instruments) {
  return {
    httpRequests: instruments.counter<"method" | "status">(
      "traffic",
      "scriptorium_http_requests_total",
      "HTTP requests answered, by method and status class",
      ["method", "status"],
    ),
    httpSeconds: instruments.labelledHistogram<"method" | "route">(
      "latency",
      "scriptorium_http_request_duration_seconds",
      "From the head of a request to the end of its answer, by method and pattern of the route",
      requestSecondsBuckets,
      ["method", "route"],
    ),
    operatorRefused: instruments.counter(
      "users",
      "scriptorium_operator_refused_total",
      "Requests for what is the operator's, without the operator's token",
    ),
  };
}

function mirrorMetrics(instruments: Instruments) {
  return {
    written: instruments.counter(
      "business",
      "scriptorium_mirror_written_total",
      "Files of the mirror written, as their documents were changed",
    ),
    taken: instruments.counter(
      "business",
      "scriptorium_mirror_taken_total",
      "Edits of files of the mirror, and new files, taken into documents",
    ),
    refused: instruments.counter<"reason">(
      "errors",
      "scriptorium_mirror_refused_total",
      "Files of the mirror that are left alone, by reason",
      ["reason"],
    ),
  };
}

function businessMetrics(instruments: Instruments) {
  const counter = (name: string, help: string) =>
    instruments.counter("business", `scriptorium_documents_${name}_total`, help);
  return {
    documentsCreated: counter("created", "Documents created"),
    documentsImported: counter(
      "imported",
      "Documents created with a text in them: imported, duplicated, of a template, or by a program",
    ),
    documentsOpened: counter("opened", "Rooms opened"),
    documentsEdited: counter("edited", "Connections that began to edit a document"),
    textsSet: counter("set", "Texts of documents that were set as a whole over HTTP"),
    documentsExported: counter("exported", "Texts of documents served over HTTP"),
    documentsDeleted: counter("deleted", "Documents put into the trash"),
    documentsRestored: counter("restored", "Documents taken out of the trash"),
  };
}

/** Documents in memory, first syncs that are compressed, and what is read for those who come back at once. */
function createCaches(instruments: Instruments) {
  const caches = { rooms: new CacheUse(), first_syncs: new CacheUse(), resumptions: new CacheUse() };
  const show = (what: keyof CacheUse, help: string) =>
    instruments.observeEach(
      "projections",
      "counter",
      `scriptorium_cache_${what}_total`,
      help,
      ["cache"],
      () => Object.entries(caches).map(([cache, use]) => [{ cache }, use[what]] as const),
    );
  show("hits", "Times that something was in a cache, by cache");
  show("misses", "Times that something was not in a cache and was made, by cache");
  show("evictions", "Times that something was let go by a cache, by cache");
  return caches;
}
