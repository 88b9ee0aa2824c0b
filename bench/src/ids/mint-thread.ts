import { Worker } from "node:worker_threads";
import type { StreamPlan, StreamReport } from "./mint-stream";

interface Portion {
  readonly ids: BigUint64Array;
  /** With the last portion, which is empty. */
  readonly report?: StreamReport;
}

/** The near end of a thread that mints. */
export class MintThread {
  readonly #worker: Worker;
  readonly #portions: Portion[] = [];
  #arrived: (() => void) | undefined;
  #failure: Error | undefined;
  #report: StreamReport | undefined;

  constructor(workerFile: URL, plan: StreamPlan) {
    this.#worker = new Worker(workerFile, { workerData: plan });
    this.#worker.on("message", (portion: Portion) => {
      this.#portions.push(portion);
      this.#arrived?.();
    });
    this.#worker.on("error", (error) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.#arrived?.();
    });
  }

  /** The next ids, in order; empty at the end, when the thread ends, too. */
  async take(): Promise<BigUint64Array> {
    while (this.#portions.length === 0) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    const { ids, report } = this.#portions.shift() as Portion;
    if (report === undefined) {
      this.#worker.postMessage("taken");
    } else {
      this.#report = report;
      await this.#worker.terminate();
    }
    return ids;
  }

  /** @throws before the stream has ended */
  get report(): StreamReport {
    if (this.#report === undefined) throw new Error("the thread still mints");
    return this.#report;
  }
}
