/** What {@link probe} collects, read and emptied by the benchmark. */
export interface Observed {
  /** From each key press until what it did was painted, in milliseconds. */
  readonly keyToPaintMs: number[];
  /** Durations of tasks over 50 ms. */
  readonly longTasksMs: number[];
  /** When the first frame was painted in which the text could be edited, since the page was asked for. */
  editableMs: number | undefined;
  /** When the last large message arrived by WebSocket. */
  receivedMs: number | undefined;
}

declare global {
  interface Window {
    observed: Observed;
  }
}

/**
 * Runs in the page before anything else does. A frame is painted by the time that a message arrives which was posted in
 * its animation callback.
 */
export function probe(): void {
  const observed: Observed = {
    keyToPaintMs: [],
    longTasksMs: [],
    editableMs: undefined,
    receivedMs: undefined,
  };
  window.observed = observed;
  const afterPaint = (done: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(undefined);
    });
  window.addEventListener(
    "keydown",
    ({ timeStamp }) => afterPaint(() => observed.keyToPaintMs.push(performance.now() - timeStamp)),
    { capture: true },
  );
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) observed.longTasksMs.push(duration);
  }).observe({ type: "longtask" });
  const watcher = new MutationObserver(() => {
    if (document.querySelector('.cm-content[contenteditable="true"]') === null) return;
    watcher.disconnect();
    afterPaint(() => {
      observed.editableMs = performance.now();
    });
  });
  watcher.observe(document, { childList: true, subtree: true, attributes: true });
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ data }) => {
        if (data instanceof ArrayBuffer && data.byteLength > 10_000) observed.receivedMs = performance.now();
      });
    }
  };
}
