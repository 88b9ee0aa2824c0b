import { Worker } from "node:worker_threads";
import type { BackupReport, BackupRun } from "./run-backup";

/** {@link runBackup}, in a thread of its own, which ends with `signal`: what it had begun is removed by the next one. */
export async function backUpInWorker(
  workerFile: URL,
  run: BackupRun,
  signal: AbortSignal,
): Promise<BackupReport> {
  const worker = new Worker(workerFile, { workerData: run });
  try {
    return await new Promise<BackupReport>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("the backup's thread ended")));
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  } finally {
    await worker.terminate();
  }
}
