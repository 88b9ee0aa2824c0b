import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { createTraffic } from "./traffic";

const secondsBuckets = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
];

/** Every metric that the server's parts write to; values that others hold are read at scrape time by `observe`. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const traffic = createTraffic(registry);
  return {
    registry,
    connections: new Gauge({
      name: "scriptorium_connections",
      help: "WebSocket connections that are open",
      registers,
    }),
    connectionsPeak: new Gauge({
      name: "scriptorium_connections_peak",
      help: "Most WebSocket connections open at once since the start",
      registers,
    }),
    connectionsOpened: new Counter({
      name: "scriptorium_connections_opened_total",
      help: "WebSocket connections that joined a room",
      registers,
    }),
    connectionsClosed: new Counter({
      name: "scriptorium_connections_closed_total",
      help: "WebSocket connections closed by the server, by close code",
      labelNames: ["code"],
      registers,
    }),
    connectionsBehind: new Counter({
      name: "scriptorium_connections_behind_total",
      help: "Times that a client did not read fast enough, and was brought up to date from the log later",
      registers,
    }),
    connectionsThrottled: new Counter({
      name: "scriptorium_connections_throttled_total",
      help: "Times that a client sent faster than it may, and was not read for a while",
      registers,
    }),
    connectionsResumed: new Counter({
      name: "scriptorium_connections_resumed_total",
      help: "Clients that came back and were sent only what they lacked",
      registers,
    }),
    traffic,
    messagesRejected: new Counter({
      name: "scriptorium_messages_rejected_total",
      help: "Messages refused, by reason",
      labelNames: ["reason"],
      registers,
    }),
    messagesRelayed: new Counter({
      name: "scriptorium_messages_relayed_total",
      help: "Frames sent on to other clients",
      registers,
    }),
    edits: new Counter({
      name: "scriptorium_edits_total",
      help: "Updates appended to the log",
      registers,
    }),
    updatesKnown: new Counter({
      name: "scriptorium_updates_known_total",
      help: "Updates that brought nothing new and were not appended",
      registers,
    }),
    updatesHeld: new Counter({
      name: "scriptorium_updates_held_total",
      help: "Updates held back because they follow on edits that have not arrived",
      registers,
    }),
    durableSeconds: new Histogram({
      name: "scriptorium_durable_latency_seconds",
      help: "From the first update of a commit to its durable acknowledgement",
      buckets: secondsBuckets,
      registers,
    }),
    commitSyncSeconds: new Histogram({
      name: "scriptorium_log_sync_seconds",
      help: "Time that one sync of the log takes, with the write where that is one with it",
      buckets: secondsBuckets,
      registers,
    }),
    commitRecords: new Histogram({
      name: "scriptorium_log_commit_records",
      help: "Records made durable by one commit",
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096],
      registers,
    }),
    documentsCreated: new Counter({
      name: "scriptorium_documents_created_total",
      help: "Documents created",
      registers,
    }),
    documentsOpened: new Counter({
      name: "scriptorium_documents_opened_total",
      help: "Rooms opened",
      registers,
    }),
    documentsExported: new Counter({
      name: "scriptorium_documents_exported_total",
      help: "Texts of documents served over HTTP",
      registers,
    }),
    httpRequests: new Counter({
      name: "scriptorium_http_requests_total",
      help: "HTTP requests answered, by method and status class",
      labelNames: ["method", "status"],
      registers,
    }),
    updatesQuarantined: new Counter({
      name: "scriptorium_updates_quarantined_total",
      help: "Updates that could not be applied and are left out of the state",
      registers,
    }),
    /** Defines a gauge or counter whose value is asked for when Prometheus scrapes. */
    observe(kind: "gauge" | "counter", name: string, help: string, read: () => number): void {
      if (kind === "gauge") {
        new Gauge({
          name,
          help,
          registers,
          collect: function () {
            this.set(read());
          },
        });
        return;
      }
      new Counter({
        name,
        help,
        registers,
        collect: function () {
          this.reset();
          this.inc(read());
        },
      });
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
