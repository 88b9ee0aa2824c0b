import type { Page, TestInfo } from "@playwright/test";

declare global {
  interface Window {
    /** How long the page did nothing else, in milliseconds, each time that it was long. */
    longTasks: number[];
  }
}

/** Takes down how long things take, for who reads the report; nothing depends on it. */
export class Figures {
  readonly #page: Page;
  readonly #info: TestInfo;

  private constructor(page: Page, info: TestInfo) {
    this.#page = page;
    this.#info = info;
  }

  /** Before the page opens anything. */
  static async of(page: Page, info: TestInfo): Promise<Figures> {
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
      }).observe({ type: "longtask", buffered: true });
    });
    return new Figures(page, info);
  }

  /** Does `work`, and notes how long it took and what the page's longest task was. */
  async time(what: string, work: () => Promise<unknown>): Promise<void> {
    const startedAt = performance.now();
    await work();
    const tookMs = Math.round(performance.now() - startedAt);
    const tasks = await this.#page.evaluate(() => window.longTasks.splice(0));
    const description = `${what}: ${tookMs} ms, longest task ${Math.max(0, ...tasks)} ms`;
    this.#info.annotations.push({ type: "figure", description });
  }
}
