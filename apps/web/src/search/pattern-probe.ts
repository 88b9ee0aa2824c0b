import type { PatternTask } from "./run-pattern";

/** "begun" says that the time counts from now: starting the worker is not the pattern's fault. */
export type ProbeAnswer = "begun" | "done";

/** As much as is needed of a worker that runs `probe-worker.ts`. */
export interface ProbePort {
  onmessage: ((event: MessageEvent<ProbeAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(task: PatternTask): void;
  terminate(): void;
}

/** What came out: `outdated` where something else was asked meanwhile. */
export type ProbeResult = "fine" | "tooSlow" | "outdated";

/** So long may a search keep the page waiting, at the very worst. */
const limitMs = 1500;

/** Tells whether a pattern comes to an end in a text, before the page's own thread tries it. One at a time, the newest. */
export class PatternProbe {
  readonly #openPort: () => ProbePort;
  #port: ProbePort | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settle: ((result: ProbeResult) => void) | undefined;

  constructor(openPort: () => ProbePort) {
    this.#openPort = openPort;
  }

  try(task: PatternTask): Promise<ProbeResult> {
    this.cancel();
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#port ??= this.#open();
      this.#port.postMessage(task);
    });
  }

  /** What is under way is outdated. */
  cancel(): void {
    if (this.#settle !== undefined) this.#end("outdated");
  }

  destroy(): void {
    this.cancel();
    this.#port?.terminate();
    this.#port = undefined;
  }

  #open(): ProbePort {
    const port = this.#openPort();
    let hasBegun = false;
    port.onmessage = ({ data }) => {
      hasBegun = true;
      if (data === "begun") this.#timer = setTimeout(() => this.#end("tooSlow"), limitMs);
      else this.#finish("fine");
    };
    // One that cannot be loaded says nothing of the pattern; one that fails has run out of room for going back.
    port.onerror = () => this.#end(hasBegun ? "tooSlow" : "fine");
    return port;
  }

  /** Without an answer the worker is of no more use. */
  #end(result: ProbeResult): void {
    if (this.#port !== undefined) {
      this.#port.onmessage = this.#port.onerror = null;
      this.#port.terminate();
      this.#port = undefined;
    }
    this.#finish(result);
  }

  #finish(result: ProbeResult): void {
    clearTimeout(this.#timer);
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(result);
  }
}
