import { LogError } from "@scriptorium/log";
import { OperationError } from "../operations/operation-error";

/** What a command's end says to a script. `--help` lists them. */
export const ExitCode = {
  /** Done; what was looked at is sound. */
  ok: 0,
  /** Damage was found, by the doctor something that must be mended, or a server that is not ready. */
  damaged: 1,
  /** The command could not run: wrong usage, something missing or in the way, no space, no permission. */
  failed: 2,
  /** Ctrl-C or SIGTERM. What had been begun was taken back. */
  interrupted: 130,
  /** Whoever read the output has gone, as in `… | head`. */
  readerGone: 141,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The exit code of a command that ended with `error`. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof OperationError) {
    if (error.code === "DAMAGED") return ExitCode.damaged;
    if (error.code === "INTERRUPTED") return ExitCode.interrupted;
  }
  if (error instanceof LogError && error.code === "CORRUPT") return ExitCode.damaged;
  return ExitCode.failed;
}
