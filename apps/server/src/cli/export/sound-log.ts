import { verifyLog } from "@scriptorium/log";
import { OperationError } from "../../operations/operation-error";
import { drawProblem } from "../../operations/problem";
import type { Progress } from "../../operations/progress";

/** How far a log goes that has no damage. */
export interface SoundLog {
  readonly directory: string;
  /** Of the last record dropped because of its age, 0 if none was. */
  readonly horizonPosition: number;
  readonly lastPosition: number;
  readonly bytes: number;
}

/**
 * Verifies a log, so that what is made of it lacks nothing: what stops at damage could be taken for all there is.
 *
 * @throws {OperationError} DAMAGED
 */
export async function soundLog(
  directory: string,
  signal: AbortSignal,
  verifying: Progress,
): Promise<SoundLog> {
  const { damages, horizonPosition, lastPosition, bytes } = await verifyLog(directory, {
    signal,
    onProgress: ({ bytesDone, bytesTotal }) => verifying.update(bytesDone, bytesTotal),
  });
  verifying.end();
  const [damage] = damages;
  if (damage === undefined) return { directory, horizonPosition, lastPosition, bytes };
  throw new OperationError(
    "DAMAGED",
    `the log is damaged, so not all of it can be exported. ${drawProblem(damage).trim()}`,
  );
}
