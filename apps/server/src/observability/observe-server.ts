import { readdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { snowflakeParts } from "@scriptorium/ids";
import type { BackupState } from "../backups/scheduled-backups";
import type { Projections } from "../projections/projections";
import type { Retention } from "../retention/retention";
import type { EmbeddedLog } from "../storage/embedded-log";
import { lastBackupMs, lastRehearsalMs } from "../storage/last-backup";
import type { EventLoopMonitor } from "./event-loop-monitor";
import type { Instruments } from "./instruments";
import type { Metrics } from "./metrics";

interface Observed {
  readonly log: EmbeddedLog;
  readonly projections: Projections;
  readonly search: { readonly waiting: number; readonly waitingSeconds: number; readonly queue: number };
  /** Undefined where everything is kept. */
  readonly retention: Retention | undefined;
  /** Undefined where the server does not back itself up. */
  readonly backups: { readonly state: BackupState } | undefined;
  /** Undefined where documents are not kept as files. */
  readonly mirror: { readonly files: number; readonly waiting: number } | undefined;
  readonly rooms: { readonly count: number; readonly peak: number; readonly tailBytes: number };
  readonly eventLoop: EventLoopMonitor | undefined;
  readonly dataDirectory: string;
  readonly version: string;
  readonly durability: string;
}

/** Metrics whose values others keep anyway: read when Prometheus scrapes. */
export function observeServer(
  { instruments }: Pick<Metrics, "instruments">,
  {
    log,
    projections,
    search,
    rooms,
    retention,
    backups,
    mirror,
    eventLoop,
    dataDirectory,
    version,
    durability,
  }: Observed,
): void {
  const observe = instruments.observe.bind(instruments);
  if (mirror !== undefined) {
    observe(
      "business",
      "gauge",
      "scriptorium_mirror_files",
      "Documents that are kept as files",
      () => mirror.files,
    );
    observe(
      "saturation",
      "gauge",
      "scriptorium_mirror_waiting",
      "Documents and files of the mirror that have changed and wait to be written or taken",
      () => mirror.waiting,
    );
  }
  observe(
    "log",
    "counter",
    "scriptorium_log_appends_total",
    "Records appended to the log",
    () => log.statistics().appends,
  );
  observe(
    "log",
    "counter",
    "scriptorium_log_commits_total",
    "Commits of the log",
    () => log.statistics().commits,
  );
  observe(
    "log",
    "counter",
    "scriptorium_log_written_bytes_total",
    "Bytes written to the log",
    () => log.statistics().bytesWritten,
  );
  observe("log", "gauge", "scriptorium_log_bytes", "Size of the log on disk", () => log.statistics().bytes);
  observe(
    "log",
    "gauge",
    "scriptorium_log_sealed_segments",
    "Segments that are compressed and clustered by document",
    () => log.statistics().sealing.segments,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_log_unsealed_segments",
    "Segments that take no more records and wait to be sealed",
    () => log.statistics().sealing.waiting,
  );
  observe(
    "log",
    "counter",
    "scriptorium_log_sealing_seconds_total",
    "Time spent on sealing segments, pauses included",
    () => log.statistics().sealing.seconds,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_log_damaged_places",
    "Places in sealed segments that could not be read; verify names them",
    () => log.statistics().damaged,
  );
  observe("log", "gauge", "scriptorium_log_segments", "Segments of the log", () => log.statistics().segments);
  observe(
    "log",
    "gauge",
    "scriptorium_log_pending_bytes",
    "Bytes appended and not yet on disk",
    () => log.statistics().pendingBytes,
  );
  observe("log", "gauge", "scriptorium_log_writable", "1 while the log takes records", () =>
    log.unavailableBecause === undefined ? 1 : 0,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_log_recovery_seconds",
    "Time that reading the log took at the start",
    () => log.recovery.durationMs / 1000,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_log_recovery_truncated_bytes",
    "Torn bytes cut off at the start",
    () => log.recovery.truncatedBytes,
  );
  observe(
    "log",
    "counter",
    "scriptorium_id_clock_steps_back_total",
    "Times that the clock of the revisions went back, or was behind the newest one at the start",
    () => log.clockFaults.stepsBack,
  );
  observe(
    "log",
    "counter",
    "scriptorium_id_clock_steps_forward_total",
    "Times that it gained more than a second at once: it was set, or the machine slept",
    () => log.clockFaults.stepsForward,
  );
  observe(
    "log",
    "counter",
    "scriptorium_id_sequence_exhausted_total",
    "Milliseconds of which all 4,096 revisions were used, so that the next one was borrowed",
    () => log.clockFaults.sequenceExhausted,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_id_node",
    "Snowflake node of the revisions minted here",
    () => log.node,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_backup_timestamp_seconds",
    "When the log was last backed up with scriptorium backup; 0 if never",
    () => lastBackupMs(dataDirectory) / 1000,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_backup_rehearsal_timestamp_seconds",
    "Of when the newest backup is that was read again as a restore would; 0 if none was",
    () => lastRehearsalMs(dataDirectory) / 1000,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_backup_failed",
    "1 while the last scheduled backup could not be made or proven",
    () => (backups?.state.failedBecause === undefined ? 0 : 1),
  );
  observe(
    "projections",
    "gauge",
    "scriptorium_projections_lag_records",
    "Records that the projections are behind the log",
    () => projections.lag,
  );
  observe(
    "projections",
    "gauge",
    "scriptorium_search_waiting_documents",
    "Documents with changes that a search does not find yet",
    () => search.waiting,
  );
  observe(
    "projections",
    "gauge",
    "scriptorium_documents_damaged",
    "Documents that are read-only since a part of the log cannot be read",
    () => projections.catalogue.damagedDocuments,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_history_horizon_position",
    "Position of the last record dropped because of its age",
    () => log.horizonPosition,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_history_horizon_timestamp_seconds",
    "Time of that record; 0 if none was dropped",
    () => (log.horizonRevision === 0n ? 0 : snowflakeParts(log.horizonRevision).timeMs / 1000),
  );
  if (retention !== undefined) observeRetention(instruments, retention);
  observe("projections", "gauge", "scriptorium_rooms", "Documents in memory", () => rooms.count);
  observe(
    "projections",
    "gauge",
    "scriptorium_rooms_tail_bytes",
    "Raw updates in memory, beside checkpoints",
    () => rooms.tailBytes,
  );
  observe(
    "projections",
    "gauge",
    "scriptorium_rooms_peak",
    "Most documents in memory at once",
    () => rooms.peak,
  );
  observe(
    "projections",
    "gauge",
    "scriptorium_projections_lag_seconds",
    "For how long at most the log has had a record that the projections do not show",
    () => projections.lagSeconds,
  );
  observe(
    "projections",
    "gauge",
    "scriptorium_search_lag_seconds",
    "For how long the oldest change has waited that a search does not find yet",
    () => search.waitingSeconds,
  );
  observeCachesOfLog(instruments, log);
  observeSaturation(instruments, { log, projections, search, eventLoop, dataDirectory });
  instruments.observeEach(
    "saturation",
    "gauge",
    "scriptorium_build_info",
    "1; its labels say what runs",
    ["version", "node_version"],
    () => [[{ version, node_version: process.versions.node }, 1]],
  );
  instruments.observeEach(
    "log",
    "gauge",
    "scriptorium_durability_info",
    "1; its label says when an edit counts as saved",
    ["mode"],
    () => [[{ mode: durability }, 1]],
  );
}

function observeCachesOfLog(instruments: Instruments, log: EmbeddedLog): void {
  const index = () => log.statistics().indexCache;
  instruments.observe(
    "log",
    "counter",
    "scriptorium_log_index_cache_hits_total",
    "Times that the index of a sealed segment was in memory",
    () => index().hits,
  );
  instruments.observe(
    "log",
    "counter",
    "scriptorium_log_index_cache_misses_total",
    "Times that the index of a sealed segment was read from the disk",
    () => index().misses,
  );
  instruments.observe(
    "log",
    "gauge",
    "scriptorium_log_index_cache_bytes",
    "Size of the indexes in memory",
    () => index().bytes,
  );
}

function observeSaturation(
  instruments: Instruments,
  {
    log,
    projections,
    search,
    eventLoop,
    dataDirectory,
  }: Pick<Observed, "log" | "projections" | "search" | "eventLoop" | "dataDirectory">,
): void {
  const gauge = (name: string, help: string, read: () => number) =>
    instruments.observe("saturation", "gauge", name, help, read);
  gauge("scriptorium_disk_free_bytes", "Free space where the data is", () => {
    const { bavail, bsize } = statfsSync(dataDirectory);
    return bavail * bsize;
  });
  gauge("scriptorium_disk_size_bytes", "Size of the file system where the data is", () => {
    const { blocks, bsize } = statfsSync(dataDirectory);
    return blocks * bsize;
  });
  gauge(
    "scriptorium_event_loop_utilization_ratio",
    "Share of the last seconds in which the main thread had something to do",
    () => eventLoop?.utilization ?? 0,
  );
  gauge(
    "scriptorium_event_loop_lag_p99_seconds",
    "By how much one turn in a hundred of the main thread came too late in the last seconds",
    () => eventLoop?.lagP99Seconds ?? 0,
  );
  instruments.observeEach(
    "saturation",
    "gauge",
    "scriptorium_data_bytes",
    "What the data takes on the disk, by what it is",
    ["part"],
    () => [
      [{ part: "log" }, log.statistics().bytes],
      [{ part: "projections" }, filesBytes(join(dataDirectory, "projections"))],
    ],
  );
  instruments.observeEach(
    "saturation",
    "gauge",
    "scriptorium_queue_length",
    "What waits, by for what",
    ["queue"],
    () => [
      [{ queue: "log_records" }, log.statistics().nextPosition - log.durablePosition - 1],
      [{ queue: "catalogue" }, projections.queues.catalogue],
      [{ queue: "texts" }, projections.queues.texts],
      [{ queue: "searches" }, search.queue],
    ],
  );
}

/** Files may come and go meanwhile. */
function filesBytes(directory: string): number {
  let bytes = 0;
  for (const name of readdirSync(directory)) {
    bytes += statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

function observeRetention(instruments: Instruments, retention: Retention): void {
  const observe = instruments.observe.bind(instruments);
  observe(
    "log",
    "counter",
    "scriptorium_retention_dropped_segments_total",
    "Segments dropped because of their age",
    () => retention.totals.segments,
  );
  observe(
    "log",
    "counter",
    "scriptorium_retention_dropped_records_total",
    "Records dropped because of their age",
    () => retention.totals.records,
  );
  observe(
    "log",
    "counter",
    "scriptorium_retention_dropped_bytes_total",
    "Bytes of segments dropped because of their age",
    () => retention.totals.bytes,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_retention_last_run_timestamp_seconds",
    "When old history was last looked for and dropped; 0 before that",
    () => retention.totals.lastRunMs / 1000,
  );
  observe(
    "log",
    "gauge",
    "scriptorium_retention_blocked",
    "1 while something keeps old history from being dropped",
    () => (retention.totals.blockedBecause === undefined ? 0 : 1),
  );
}
