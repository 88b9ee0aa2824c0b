export type LogErrorCode =
  /** The record exceeds `recordBytesMax`; nothing was taken. */
  | "RECORD_TOO_LARGE"
  /** A field of the record has the wrong size or range; nothing was taken. */
  | "INVALID_RECORD"
  /** More than `pendingBytesMax` waits for the disk; nothing was taken. Try again later. */
  | "OVERLOADED"
  /** The log or reader was closed. */
  | "CLOSED"
  /** A write or sync failed for good: this log takes nothing more until it is opened anew. */
  | "FAILED"
  /** No space left: the record is not in the log. The log goes on once there is space. */
  | "DISK_FULL"
  /** Damage that recovery must not repair by itself; `segment` and `offset` say where. */
  | "CORRUPT"
  /** Another process, or another `Log` of this one, holds the directory. */
  | "LOCKED"
  /** Written by a newer release. */
  | "UNSUPPORTED_VERSION"
  /** The directory cannot be created, listed or written. */
  | "DIRECTORY_UNUSABLE";

export interface LogErrorDetails {
  /** Path of the segment file concerned. */
  segment?: string;
  /** Bytes from the start of that file. */
  offset?: number;
  /** What the operator can do. */
  hint?: string;
  /** Keys of the records that damage hides, where that is known. */
  keys?: readonly Uint8Array[];
  cause?: unknown;
}

/** Callers branch on `code`; codes are stable. */
export class LogError extends Error {
  override readonly name = "LogError";
  readonly code: LogErrorCode;
  readonly segment: string | undefined;
  readonly offset: number | undefined;
  readonly hint: string | undefined;
  /** Keys of the records that damage hides; undefined if any key's may be among them. */
  readonly keys: readonly Uint8Array[] | undefined;
  /** The message without segment, offset and hint. */
  readonly reason: string;

  constructor(code: LogErrorCode, message: string, details: LogErrorDetails = {}) {
    super(composeMessage(message, details), details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.reason = message;
    this.segment = details.segment;
    this.offset = details.offset;
    this.hint = details.hint;
    this.keys = details.keys;
  }
}

function composeMessage(message: string, { segment, offset, hint }: LogErrorDetails): string {
  const where = segment === undefined ? "" : ` (${segment}${offset === undefined ? "" : `, byte ${offset}`})`;
  return `${message}${where}${hint === undefined ? "" : `. ${hint}`}`;
}

/** The `code` of a system error, such as `ENOSPC`; undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
