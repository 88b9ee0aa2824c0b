import { parentPort, workerData } from "node:worker_threads";
import { yieldToMainThread } from "../threads/yield-to-main-thread";
import { type BackupRun, runBackup } from "./run-backup";

/** The backup's thread: makes one backup, tells what came of it, and ends. */
async function run(options: BackupRun): Promise<void> {
  const report = await runBackup(options).catch((error: unknown) => {
    // Errors of native modules do not survive the way to another thread.
    throw new Error(error instanceof Error ? error.message : String(error));
  });
  parentPort?.postMessage(report);
}

yieldToMainThread();
await run(workerData as BackupRun);
