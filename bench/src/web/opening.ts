import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { repository } from "../../../apps/server/test/harness/repository";
import { openPage } from "./typing";

const webDirectory = join(repository, "apps/web/dist");

export interface OpeningFigures {
  /** Gzip bytes of the scripts that the page and the editor's route consist of. */
  readonly initialBytes: number;
  /** Of all that were asked for before the text could be edited: these, and the grammar of its language. */
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
    const initialBytes = await gzipBytes(await initialOf(scripts));
    return { initialBytes, scriptBytes: await gzipBytes(scripts), coldMs, secondMs, offlineMs };
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

/** Those of the scripts that are there whatever the text: named by the page, or imported by one that is, and by the route. */
async function initialOf(scripts: readonly string[]): Promise<string[]> {
  const page = await readFile(join(webDirectory, "index.html"), "utf8");
  const codes = await Promise.all(scripts.map((path) => readFile(join(webDirectory, path), "utf8")));
  const codeOf = new Map(scripts.map((path, index) => [path, codes[index] ?? ""]));
  const begun = scripts.filter((path) => page.includes(`".${path}"`) || path.includes("/EditorRoute-"));
  // It is loaded by its name, before anything is shown.
  const words = scripts.filter((path) => /\/(en|de)-[\w-]+\.js$/.test(path));
  const initial = new Set([...begun, ...words]);
  for (const path of initial) {
    // Modules by their addresses, packages by their globals.
    const named = codeOf.get(path)?.matchAll(/(?:from|import)"\.\/([^"]+)"|"scriptorium\/([^"]+)"/g) ?? [];
    for (const [, module, script] of named) {
      const file = scripts.find((other) => other.endsWith(`/${module ?? script}`));
      if (file !== undefined) initial.add(file);
    }
  }
  return [...initial];
}

async function gzipBytes(paths: readonly string[]): Promise<number> {
  const sizes = paths.map(async (path) => {
    const file = await readFile(join(webDirectory, path));
    return gzipSync(file, { level: 9 }).length;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
