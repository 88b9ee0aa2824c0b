import { parentPort, workerData } from "node:worker_threads";
import { yieldToMainThread } from "../threads/yield-to-main-thread";
import { foldHorizon, HorizonBlockedError, type HorizonFoldOptions } from "./horizon-fold";
import type { FoldReport } from "./messages";

/** The retention's thread: reads what is going to be dropped, and hands over one document each time it is asked. */
function run(options: HorizonFoldOptions): void {
  const port = parentPort;
  if (port === null) throw new Error("the retention runs in a worker thread only");
  const documents = foldHorizon(options);
  const next = async (): Promise<FoldReport> => {
    try {
      const { done, value } = await documents.next();
      return done === true ? { type: "done" } : { type: "document", document: value };
    } catch (error) {
      if (!(error instanceof HorizonBlockedError)) throw error;
      return { type: "blocked", position: error.position, message: error.message };
    }
  };
  port.on("message", () => {
    next().then(
      (report) => {
        port.postMessage(report);
        if (report.type !== "document") port.close();
      },
      (error: unknown) => {
        // Errors of native modules do not survive the way to another thread.
        throw new Error(error instanceof Error ? (error.stack ?? String(error)) : String(error));
      },
    );
  });
}

yieldToMainThread();
run(workerData as HorizonFoldOptions);
