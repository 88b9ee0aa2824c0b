import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { repository } from "../../../apps/server/test/harness/repository";
import { openPage } from "./typing";

export interface OpeningFigures {
  /** Gzip bytes of the scripts that were asked for before the text could be edited. */
  readonly scriptBytes: number;
  /** From asking for the page until the first frame in which the text can be edited. */
  readonly coldMs: number;
  readonly secondMs: number;
  readonly offlineMs: number;
}

/** Opens a document in a new profile, again, and again without a network. */
export async function measureOpening(browser: Browser, url: string): Promise<OpeningFigures> {
  const { context, page } = await openPage(browser);
  try {
    const coldMs = await untilEditable(page, url);
    const scripts = await scriptsBeforeEditable(page);
    // Until the service worker has everything, a visit without a network shows nothing.
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      if (active?.state === "activated") return;
      await new Promise((resolve) => active?.addEventListener("statechange", resolve, { once: true }));
    });
    await page.close();
    const second = await context.newPage();
    const secondMs = await untilEditable(second, url);
    await second.close();
    await context.setOffline(true);
    const third = await context.newPage();
    const offlineMs = await untilEditable(third, url);
    return { scriptBytes: await gzipBytes(scripts), coldMs, secondMs, offlineMs };
  } finally {
    await context.close();
  }
}

/** Milliseconds from the arrival of a document's last bytes in a new profile until it can be edited. */
export async function measureLargeDocument(browser: Browser, url: string): Promise<number> {
  const { context, page } = await openPage(browser);
  try {
    await untilEditable(page, url);
    const { editableMs, receivedMs } = await page.evaluate(() => window.observed);
    return (editableMs ?? Number.NaN) - (receivedMs ?? Number.NaN);
  } finally {
    await context.close();
  }
}

async function untilEditable(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: "commit" });
  const editable = await page.waitForFunction(() => window.observed.editableMs);
  return (await editable.jsonValue()) ?? Number.NaN;
}

/** The paths of the scripts that were asked for until then. */
function scriptsBeforeEditable(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ startTime }) => startTime < (window.observed.editableMs ?? 0))
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith(".js")),
  );
}

async function gzipBytes(paths: readonly string[]): Promise<number> {
  const sizes = paths.map(async (path) => {
    const file = await readFile(join(repository, "apps/web/dist", path));
    return gzipSync(file, { level: 9 }).length;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
