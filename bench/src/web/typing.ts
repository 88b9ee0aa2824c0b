import { setTimeout as pause } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { quantile } from "../rooms/statistics";
import { probe } from "./page-probe";

export interface TypingFigures {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly longTasks: number;
  readonly longestTaskMs: number;
}

const keyIntervalMs = 100;
const warmUpKeys = 20;

/** A page of a browser profile of its own, with the probe in it. */
export async function openPage(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(probe);
  return { context, page: await context.newPage() };
}

/** Types `keys` letters into the first screen of the page's text, ten a second. */
export async function measureTyping(page: Page, keys: number): Promise<TypingFigures> {
  await page.locator(".cm-line").nth(2).click();
  await page.keyboard.press("End");
  await type(page, warmUpKeys);
  await page.evaluate(() => {
    window.observed.keyToPaintMs.length = 0;
    window.observed.longTasksMs.length = 0;
  });
  await type(page, keys);
  await pause(200);
  const { keyToPaintMs, longTasksMs } = await page.evaluate(() => window.observed);
  if (keyToPaintMs.length < keys) throw new Error(`${keyToPaintMs.length} of ${keys} keys were painted`);
  return {
    p50Ms: quantile(keyToPaintMs, 0.5),
    p95Ms: quantile(keyToPaintMs, 0.95),
    longTasks: longTasksMs.length,
    longestTaskMs: Math.max(0, ...longTasksMs),
  };
}

async function type(page: Page, keys: number): Promise<void> {
  const startedAtMs = performance.now();
  for (let key = 0; key < keys; key++) {
    await pause(Math.max(0, startedAtMs + key * keyIntervalMs - performance.now()));
    await page.keyboard.press(key % 6 === 5 ? "Space" : String.fromCharCode(97 + (key % 26)));
  }
}
