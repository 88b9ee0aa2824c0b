import { statfsSync } from "node:fs";
import { snowflakeParts } from "@scriptorium/ids";
import type { Projections } from "../projections/projections";
import type { Retention } from "../retention/retention";
import type { EmbeddedLog } from "../storage/embedded-log";
import { lastBackupMs } from "../storage/last-backup";
import type { Metrics } from "./metrics";

interface Observed {
  readonly log: EmbeddedLog;
  readonly projections: Projections;
  readonly search: { readonly waiting: number };
  /** Undefined where everything is kept. */
  readonly retention: Retention | undefined;
  readonly rooms: { readonly count: number; readonly tailBytes: number };
  readonly dataDirectory: string;
}

/** Metrics whose values others keep anyway: read when Prometheus scrapes. */
export function observeServer(
  { observe }: Metrics,
  { log, projections, search, rooms, retention, dataDirectory }: Observed,
): void {
  observe(
    "counter",
    "scriptorium_log_appends_total",
    "Records appended to the log",
    () => log.statistics().appends,
  );
  observe("counter", "scriptorium_log_commits_total", "Commits of the log", () => log.statistics().commits);
  observe(
    "counter",
    "scriptorium_log_written_bytes_total",
    "Bytes written to the log",
    () => log.statistics().bytesWritten,
  );
  observe("gauge", "scriptorium_log_bytes", "Size of the log on disk", () => log.statistics().bytes);
  observe(
    "gauge",
    "scriptorium_log_sealed_segments",
    "Segments that are compressed and clustered by document",
    () => log.statistics().sealing.segments,
  );
  observe(
    "gauge",
    "scriptorium_log_unsealed_segments",
    "Segments that take no more records and wait to be sealed",
    () => log.statistics().sealing.waiting,
  );
  observe(
    "counter",
    "scriptorium_log_sealing_seconds_total",
    "Time spent on sealing segments, pauses included",
    () => log.statistics().sealing.seconds,
  );
  observe(
    "gauge",
    "scriptorium_log_damaged_places",
    "Places in sealed segments that could not be read; verify names them",
    () => log.statistics().damaged,
  );
  observe("gauge", "scriptorium_log_segments", "Segments of the log", () => log.statistics().segments);
  observe(
    "gauge",
    "scriptorium_log_pending_bytes",
    "Bytes appended and not yet on disk",
    () => log.statistics().pendingBytes,
  );
  observe("gauge", "scriptorium_log_writable", "1 while the log takes records", () =>
    log.unavailableBecause === undefined ? 1 : 0,
  );
  observe(
    "gauge",
    "scriptorium_log_recovery_seconds",
    "Time that reading the log took at the start",
    () => log.recovery.durationMs / 1000,
  );
  observe(
    "gauge",
    "scriptorium_log_recovery_truncated_bytes",
    "Torn bytes cut off at the start",
    () => log.recovery.truncatedBytes,
  );
  observe(
    "counter",
    "scriptorium_id_clock_steps_back_total",
    "Times that the clock of the revisions went back, or was behind the newest one at the start",
    () => log.clockFaults.stepsBack,
  );
  observe(
    "counter",
    "scriptorium_id_clock_steps_forward_total",
    "Times that it gained more than a second at once: it was set, or the machine slept",
    () => log.clockFaults.stepsForward,
  );
  observe(
    "counter",
    "scriptorium_id_sequence_exhausted_total",
    "Milliseconds of which all 4,096 revisions were used, so that the next one was borrowed",
    () => log.clockFaults.sequenceExhausted,
  );
  observe("gauge", "scriptorium_id_node", "Snowflake node of the revisions minted here", () => log.node);
  observe(
    "gauge",
    "scriptorium_backup_timestamp_seconds",
    "When the log was last backed up with scriptorium backup; 0 if never",
    () => lastBackupMs(dataDirectory) / 1000,
  );
  observe(
    "gauge",
    "scriptorium_projections_lag_records",
    "Records that the projections are behind the log",
    () => projections.lag,
  );
  observe(
    "gauge",
    "scriptorium_search_waiting_documents",
    "Documents with changes that a search does not find yet",
    () => search.waiting,
  );
  observe(
    "gauge",
    "scriptorium_documents_damaged",
    "Documents that are read-only since a part of the log cannot be read",
    () => projections.catalogue.damagedDocuments,
  );
  observe(
    "gauge",
    "scriptorium_history_horizon_position",
    "Position of the last record dropped because of its age",
    () => log.horizonPosition,
  );
  observe(
    "gauge",
    "scriptorium_history_horizon_timestamp_seconds",
    "Time of that record; 0 if none was dropped",
    () => (log.horizonRevision === 0n ? 0 : snowflakeParts(log.horizonRevision).timeMs / 1000),
  );
  if (retention !== undefined) observeRetention(observe, retention);
  observe("gauge", "scriptorium_rooms", "Documents in memory", () => rooms.count);
  observe(
    "gauge",
    "scriptorium_rooms_tail_bytes",
    "Raw updates in memory, beside checkpoints",
    () => rooms.tailBytes,
  );
  observe("gauge", "scriptorium_disk_free_bytes", "Free space where the data is", () => {
    const { bavail, bsize } = statfsSync(dataDirectory);
    return bavail * bsize;
  });
}

function observeRetention(observe: Metrics["observe"], retention: Retention): void {
  observe(
    "counter",
    "scriptorium_retention_dropped_segments_total",
    "Segments dropped because of their age",
    () => retention.totals.segments,
  );
  observe(
    "counter",
    "scriptorium_retention_dropped_records_total",
    "Records dropped because of their age",
    () => retention.totals.records,
  );
  observe(
    "counter",
    "scriptorium_retention_dropped_bytes_total",
    "Bytes of segments dropped because of their age",
    () => retention.totals.bytes,
  );
  observe(
    "gauge",
    "scriptorium_retention_last_run_timestamp_seconds",
    "When old history was last looked for and dropped; 0 before that",
    () => retention.totals.lastRunMs / 1000,
  );
  observe(
    "gauge",
    "scriptorium_retention_blocked",
    "1 while something keeps old history from being dropped",
    () => (retention.totals.blockedBecause === undefined ? 0 : 1),
  );
}
