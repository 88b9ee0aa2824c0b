import { Worker } from "node:worker_threads";
import { HorizonBlockedError, type HorizonFoldOptions, type RememberedDocument } from "./horizon-fold";
import type { FoldReport } from "./messages";

/** {@link foldHorizon}, in a thread of its own, one document ahead of nobody. Ends with `signal`. */
export async function* foldInWorker(
  workerFile: URL,
  options: HorizonFoldOptions,
  signal: AbortSignal,
): AsyncGenerator<RememberedDocument, void, undefined> {
  const worker = new Worker(workerFile, { workerData: options });
  const failed = new Promise<never>((_resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the retention's worker ended")));
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  // Somebody waits for it only while an answer is due.
  failed.catch(() => {});
  try {
    for (;;) {
      const answer = new Promise<FoldReport>((resolve) => worker.once("message", resolve));
      worker.postMessage("next");
      const report = await Promise.race([answer, failed]);
      if (report.type === "done") return;
      if (report.type === "blocked") throw new HorizonBlockedError(report.position, report.message);
      yield report.document;
    }
  } finally {
    await worker.terminate();
  }
}
