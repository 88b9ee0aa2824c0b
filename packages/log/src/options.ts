import { randomInt } from "node:crypto";
import type { Commit, Durability } from "./committer";
import type { LogError } from "./errors";
import type { FileSystem } from "./files";
import { nodeFiles } from "./node-files";
import { recordHeaderBytes } from "./record";

export interface LogOptions {
  /** Created if missing. */
  directory: string;
  /** Default `fsync`. */
  durability?: Durability;
  /** How long `interval` durability waits before it syncs, default 100. */
  intervalMs?: number;
  /**
   * Least time from the begin of one commit to that of the next, unless much waits. It saves syncs where many records
   * come one by one, for as much latency; a record that comes alone does not wait. Default 0.
   */
  spacingMs?: number;
  /** A new segment begins when a batch would exceed this; a larger batch has one to itself. Default 64 MiB. */
  segmentBytesMax?: number;
  /** A segment this much older than its first record takes no more. Default 24 hours. */
  segmentAgeMsMax?: number;
  /** Rewrite segments that take no more records, in the background. Default true. */
  sealing?: boolean;
  /** For the indexes of sealed segments, in memory. Default 32 MiB. */
  indexCacheBytesMax?: number;
  /** Of a record with its header of 64 bytes. Default 32 MiB. */
  recordBytesMax?: number;
  /** Above this, `append` throws `OVERLOADED`. Default 64 MiB. */
  pendingBytesMax?: number;
  /** Called after each commit, for metrics. */
  onCommit?: (commit: Commit) => void;
  /**
   * Called with each thing an operator should know that fails no call: a segment that cannot be sealed or
   * removed. The log goes on.
   */
  onProblem?: (problem: LogError) => void;
  /** Default: the real disk. */
  files?: FileSystem;
  /** Milliseconds since 1970, for the creation time in segment headers. */
  clock?: () => number;
  /** 32 random bits, for the salt of a new log. */
  random32?: () => number;
}

export type ResolvedOptions = Required<LogOptions>;

const mebibyte = 1024 * 1024;

const defaults = {
  durability: "fsync",
  intervalMs: 100,
  spacingMs: 0,
  segmentBytesMax: 64 * mebibyte,
  segmentAgeMsMax: 24 * 60 * 60 * 1000,
  sealing: true,
  indexCacheBytesMax: 32 * mebibyte,
  recordBytesMax: 32 * mebibyte,
  pendingBytesMax: 64 * mebibyte,
  onCommit: () => {},
  onProblem: () => {},
  files: nodeFiles,
  clock: Date.now,
  random32: () => randomInt(2 ** 32),
} satisfies Omit<ResolvedOptions, "directory">;

/** @throws {RangeError} for sizes that cannot work together */
export function resolveOptions(options: LogOptions): ResolvedOptions {
  const resolved: ResolvedOptions = { ...defaults, ...options };
  const { recordBytesMax, pendingBytesMax, segmentBytesMax, segmentAgeMsMax, intervalMs, spacingMs } =
    resolved;
  if (!(recordBytesMax >= recordHeaderBytes && recordBytesMax <= pendingBytesMax)) {
    throw new RangeError(
      `recordBytesMax (${recordBytesMax}) must be from 64 to pendingBytesMax (${pendingBytesMax})`,
    );
  }
  if (!(pendingBytesMax <= 1024 * mebibyte)) throw new RangeError("pendingBytesMax must be at most 1 GiB");
  if (!(segmentBytesMax >= 1024)) throw new RangeError("segmentBytesMax must be at least 1024");
  if (!(segmentAgeMsMax > 0)) throw new RangeError("segmentAgeMsMax must be positive");
  if (!(intervalMs > 0)) throw new RangeError("intervalMs must be positive");
  if (!(spacingMs >= 0)) throw new RangeError("spacingMs must not be negative");
  return resolved;
}
