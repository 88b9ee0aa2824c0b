import type { MetricGroup } from "../metric-groups";
import type { Measure } from "./meter";

export type Unit = "bytes" | "bytesPerSecond" | "count" | "perSecond" | "ratio" | "seconds";

/** A figure of the operator's page: of a metric by its name, or of what the process itself knows. */
export interface FigureSpec {
  readonly name: string;
  readonly unit: Unit;
  readonly measure: Measure;
  readonly metric: string | (() => number);
  readonly labels?: Readonly<Record<string, string>>;
  /** The metric with its high-water mark. */
  readonly peak?: string;
}

const looksPerMinute = 30;
export const looksKept = 3 * looksPerMinute;
export const everySeconds = 60 / looksPerMinute;

const value: Measure = { of: "value" };
const rate: Measure = { of: "rate" };
const lately: Measure = { of: "growth", looks: looksKept };
const quantile = (share: number): Measure => ({ of: "quantile", share, looks: looksPerMinute });

/** What is shown, in the order of the page. */
export const figureSpecs: Readonly<Partial<Record<MetricGroup, readonly FigureSpec[]>>> = {
  traffic: [
    {
      name: "connections",
      unit: "count",
      measure: value,
      metric: "scriptorium_connections",
      peak: "scriptorium_connections_peak",
    },
    { name: "edits", unit: "perSecond", measure: rate, metric: "scriptorium_edits_total" },
    {
      name: "messagesReceived",
      unit: "perSecond",
      measure: rate,
      metric: "scriptorium_messages_received_total",
    },
    { name: "messagesSent", unit: "perSecond", measure: rate, metric: "scriptorium_messages_sent_total" },
    {
      name: "bytesReceived",
      unit: "bytesPerSecond",
      measure: rate,
      metric: "scriptorium_message_received_bytes_total",
    },
    {
      name: "bytesSent",
      unit: "bytesPerSecond",
      measure: rate,
      metric: "scriptorium_message_sent_bytes_total",
    },
    { name: "requests", unit: "perSecond", measure: rate, metric: "scriptorium_http_requests_total" },
    {
      name: "requestsOpen",
      unit: "count",
      measure: value,
      metric: "scriptorium_http_requests_open",
      peak: "scriptorium_http_requests_open_peak",
    },
  ],
  errors: [
    { name: "errors", unit: "count", measure: lately, metric: "scriptorium_errors_total" },
    {
      name: "connectionsRejected",
      unit: "count",
      measure: lately,
      metric: "scriptorium_connections_rejected_total",
    },
    {
      name: "messagesRejected",
      unit: "count",
      measure: lately,
      metric: "scriptorium_messages_rejected_total",
    },
    {
      name: "requestsFailed",
      unit: "count",
      measure: lately,
      metric: "scriptorium_http_requests_total",
      labels: { status: "5xx" },
    },
    {
      name: "updatesQuarantined",
      unit: "count",
      measure: value,
      metric: "scriptorium_updates_quarantined_total",
    },
  ],
  latency: [
    {
      name: "relayP50",
      unit: "seconds",
      measure: quantile(0.5),
      metric: "scriptorium_relay_latency_seconds",
    },
    {
      name: "relayP99",
      unit: "seconds",
      measure: quantile(0.99),
      metric: "scriptorium_relay_latency_seconds",
    },
    {
      name: "durableP50",
      unit: "seconds",
      measure: quantile(0.5),
      metric: "scriptorium_durable_latency_seconds",
    },
    {
      name: "durableP99",
      unit: "seconds",
      measure: quantile(0.99),
      metric: "scriptorium_durable_latency_seconds",
    },
    {
      name: "requestP99",
      unit: "seconds",
      measure: quantile(0.99),
      metric: "scriptorium_http_request_duration_seconds",
    },
  ],
  saturation: [
    { name: "cpu", unit: "ratio", measure: rate, metric: cpuSeconds },
    {
      name: "eventLoop",
      unit: "ratio",
      measure: value,
      metric: "scriptorium_event_loop_utilization_ratio",
    },
    {
      name: "eventLoopLag",
      unit: "seconds",
      measure: value,
      metric: "scriptorium_event_loop_lag_p99_seconds",
    },
    { name: "memory", unit: "bytes", measure: value, metric: () => process.memoryUsage.rss() },
    { name: "heap", unit: "bytes", measure: value, metric: () => process.memoryUsage().heapUsed },
    { name: "sendBuffers", unit: "bytes", measure: value, metric: "scriptorium_send_buffer_bytes" },
    { name: "queues", unit: "count", measure: value, metric: "scriptorium_queue_length" },
    { name: "dataBytes", unit: "bytes", measure: value, metric: "scriptorium_data_bytes" },
    { name: "diskFree", unit: "bytes", measure: value, metric: "scriptorium_disk_free_bytes" },
  ],
  log: [
    { name: "commits", unit: "perSecond", measure: rate, metric: "scriptorium_log_commits_total" },
    {
      name: "bytesWritten",
      unit: "bytesPerSecond",
      measure: rate,
      metric: "scriptorium_log_written_bytes_total",
    },
    { name: "syncP99", unit: "seconds", measure: quantile(0.99), metric: "scriptorium_log_sync_seconds" },
    { name: "logBytes", unit: "bytes", measure: value, metric: "scriptorium_log_bytes" },
    { name: "pendingBytes", unit: "bytes", measure: value, metric: "scriptorium_log_pending_bytes" },
    { name: "segments", unit: "count", measure: value, metric: "scriptorium_log_segments" },
  ],
  projections: [
    { name: "lagRecords", unit: "count", measure: value, metric: "scriptorium_projections_lag_records" },
    { name: "lagSeconds", unit: "seconds", measure: value, metric: "scriptorium_projections_lag_seconds" },
    {
      name: "searchWaiting",
      unit: "count",
      measure: value,
      metric: "scriptorium_search_waiting_documents",
    },
    {
      name: "rooms",
      unit: "count",
      measure: value,
      metric: "scriptorium_rooms",
      peak: "scriptorium_rooms_peak",
    },
    { name: "roomTails", unit: "bytes", measure: value, metric: "scriptorium_rooms_tail_bytes" },
    { name: "cacheHits", unit: "perSecond", measure: rate, metric: "scriptorium_cache_hits_total" },
    { name: "cacheMisses", unit: "perSecond", measure: rate, metric: "scriptorium_cache_misses_total" },
  ],
  users: [
    {
      name: "editorsToday",
      unit: "count",
      measure: value,
      metric: "scriptorium_distinct_editors",
      labels: { period: "day" },
    },
    {
      name: "editorsThisMonth",
      unit: "count",
      measure: value,
      metric: "scriptorium_distinct_editors",
      labels: { period: "month" },
    },
    {
      name: "operatorRefused",
      unit: "count",
      measure: value,
      metric: "scriptorium_operator_refused_total",
    },
  ],
  business: [
    { name: "created", unit: "count", measure: value, metric: "scriptorium_documents_created_total" },
    { name: "imported", unit: "count", measure: value, metric: "scriptorium_documents_imported_total" },
    { name: "opened", unit: "count", measure: value, metric: "scriptorium_documents_opened_total" },
    { name: "edited", unit: "count", measure: value, metric: "scriptorium_documents_edited_total" },
    { name: "exported", unit: "count", measure: value, metric: "scriptorium_documents_exported_total" },
    { name: "deleted", unit: "count", measure: value, metric: "scriptorium_documents_deleted_total" },
    { name: "restored", unit: "count", measure: value, metric: "scriptorium_documents_restored_total" },
  ],
};

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
