import { LogError } from "./errors";

/** Something `verifyLog` found wrong. */
export interface Damage {
  /** Path of the file. */
  file: string;
  /** Bytes from its start: where the damaged piece begins. */
  offset: number;
  what: string;
  /** What the operator can do. */
  hint: string;
}

const restoreHint = "Check the disk, then restore this file from a backup";

export function damageAt(file: string, offset: number, what: string, hint = restoreHint): Damage {
  return { file, offset, what, hint };
}

/** @throws what is no damage */
export function damageOf(error: unknown): Damage {
  if (!(error instanceof LogError) || error.code !== "CORRUPT") throw error;
  const { segment = "", offset = 0, reason, hint = restoreHint } = error;
  return { file: segment, offset, what: reason, hint };
}
