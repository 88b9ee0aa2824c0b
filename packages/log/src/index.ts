export type { Appended, Commit, Durability, LogState } from "./committer";
export { LogError, type LogErrorCode } from "./errors";
export type { DirectoryLock, FileSystem, LogFile } from "./files";
export { Log, type LogStatistics, type ReadKeyOptions, type ReadOptions } from "./log";
export { LogReader, type LogReaderOptions } from "./log-reader";
export { nodeFiles } from "./node-files";
export type { LogOptions } from "./options";
export type { LogRecord, RecordInput } from "./record";
export type { RecoveryReport, Truncation } from "./recovery";
