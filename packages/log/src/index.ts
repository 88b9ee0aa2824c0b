export type { Appended, Commit, Durability, LogState } from "./committer";
export type { Truncation } from "./cut-tail";
export type { Damage } from "./damage";
export { LogError, type LogErrorCode } from "./errors";
export type { DirectoryLock, FileSystem, LogFile } from "./files";
export type { Gap } from "./gaps";
export { inspectLog, type LogSummary, type SegmentSummary } from "./inspect";
export { Log, type LogStatistics, type ReadKeyOptions, type ReadOptions, type SealedExtent } from "./log";
export { LogReader, type LogReaderOptions } from "./log-reader";
export { nodeFiles } from "./node-files";
export type { LogOptions } from "./options";
export type { LogRecord, RecordInput } from "./record";
export type { RecoveryReport } from "./recovery";
export { type SalvagedSegment, type SalvageOptions, type SalvageReport, salvageLog } from "./salvage";
export type { SealTotals } from "./sealer";
export {
  type Tail,
  type VerifyOptions,
  type VerifyProgress,
  type VerifyReport,
  verifyLog,
} from "./verify";
