import { existsSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import * as Y from "yjs";
import { ownClient, reached } from "../../apps/server/test/harness/clients";
import { ServerProcess, temporaryDirectory } from "../../apps/server/test/harness/server-process";
import { chosen } from "./chosen";
import { paper } from "./rooms/load/edits";
import { median } from "./rooms/statistics";
import { copyWritten } from "./web/copy-written";
import { markdownOf } from "./web/markdown-of";
import { measureLargeDocument, measureOpening, type OpeningFigures } from "./web/opening";
import { PlainServer } from "./web/plain-server";
import { measureTyping, openPage } from "./web/typing";
import { Typists } from "./web/typists";

const typistCount = 10;
const largeText = 1_000_000;
/** An hour of ten people who type five letters a second each. */
const editsPerHour = typistCount * 5 * 3600;
const memorySamples = 4;

/** The editor in Chromium: ours beside plain CodeMirror on the same text, in turns. */
const { values } = parseArgs({
  options: { only: { type: "string" }, quick: { type: "boolean", default: false } },
});
const scenarios = chosen(values.only, [typing, opening, large, memory], ({ name }) => name);
const rounds = values.quick ? 1 : 3;
const keys = values.quick ? 60 : 200;
const hours = values.quick ? 0.1 : 1;

const system = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const browser = await chromium.launch({
  ...(existsSync(system) && { executablePath: system }),
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
});
const directory = await temporaryDirectory();
const server = await ServerProcess.start(directory.path, {
  env: { NODE_ENV: "production", SCRIPTORIUM_LOG_LEVEL: "info" },
});
try {
  for (const scenario of scenarios) await scenario();
} finally {
  await browser.close();
  await server.stop();
  await directory.remove();
}

async function typing(): Promise<void> {
  const text = markdownOf(largeText);
  const plain = await PlainServer.start(text);
  const id = await server.createDocument({ title: "notes.md", text });
  const typists = await Typists.join(server.socketUrl, id, typistCount);
  // They type for both: what they cost the machine is no difference between the pages.
  const typed = typists.type();
  const pages = { plain: `${plain.origin}/`, ours: `${server.origin}/d/${id}` };
  const figures: Record<keyof typeof pages, Awaited<ReturnType<typeof measureTyping>>[]> = {
    plain: [],
    ours: [],
  };
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? (["plain", "ours"] as const) : (["ours", "plain"] as const)) {
      const { context, page } = await openPage(browser);
      await page.goto(pages[name]);
      figures[name].push(await measureTyping(page, keys));
      await context.close();
    }
  }
  typists.leave();
  await typed;
  await plain.stop();
  console.log(`typing into 1 MB, ${typistCount} others type 5 letters/s each          ours         plain`);
  const row = (title: string, of: (one: (typeof figures.ours)[number]) => number) => {
    const [ours, other] = [median(figures.ours.map(of)), median(figures.plain.map(of))];
    console.log(`  ${title.padEnd(44)}${ours.toFixed(1).padStart(14)}${other.toFixed(1).padStart(14)}`);
    return ours / other;
  };
  row("key press to paint p50, ms", ({ p50Ms }) => p50Ms);
  const ratio = row("key press to paint p95, ms", ({ p95Ms }) => p95Ms);
  row("tasks over 50 ms", ({ longTasks }) => longTasks);
  row("the longest of them, ms", ({ longestTaskMs }) => longestTaskMs);
  verdict("p95 × plain", ratio, 1.5);
  verdict("tasks over 50 ms", median(figures.ours.map(({ longTasks }) => longTasks)), 0);
}

async function opening(): Promise<void> {
  const id = await server.createDocument({ title: "notes.md", text: markdownOf(5000) });
  const runs: OpeningFigures[] = [];
  for (let round = 0; round < rounds + 2; round++)
    runs.push(await measureOpening(browser, `${server.origin}/d/${id}`));
  console.log("opening a document");
  const kilobytes = (of: (run: (typeof runs)[number]) => number) => median(runs.map(of)) / 1000;
  verdict(
    "scripts of the page and the editor's route, kB gzip",
    kilobytes((run) => run.initialBytes),
    260,
  );
  const all = kilobytes((run) => run.scriptBytes);
  console.log(`         with Markdown's grammar, before the text can be edited: ${all.toFixed(2)}`);
  verdict("cold, ms", median(runs.map(({ coldMs }) => coldMs)), 1500);
  verdict("second visit, ms", median(runs.map(({ secondMs }) => secondMs)), 500);
  verdict("without a network, ms", median(runs.map(({ offlineMs }) => offlineMs)), 500);
}

async function large(): Promise<void> {
  const id = await server.createDocument();
  const writer = ownClient(server.socketUrl, id);
  await reached(writer, "saved");
  Y.applyUpdate(writer.doc, paper().state);
  await reached(writer, "saved");
  writer.destroy();
  const runs = [];
  for (let round = 0; round < rounds + 2; round++)
    runs.push(await measureLargeDocument(browser, `${server.origin}/d/${id}`));
  console.log("opening automerge-paper");
  verdict("from its bytes to editable, ms", median(runs), 500);
}

async function memory(): Promise<void> {
  const id = await server.createDocument({ text: markdownOf(100_000) });
  const { context, page } = await openPage(browser);
  await page.goto(`${server.origin}/d/${id}`);
  await page.waitForFunction(() => window.observed.editableMs);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  /** What is used after as many collections as find something: what weak tables hold goes only in the next one. */
  const heapBytes = async () => {
    let before = Number.POSITIVE_INFINITY;
    for (;;) {
      await devtools.send("HeapProfiler.collectGarbage");
      const { metrics } = await devtools.send("Performance.getMetrics");
      const used = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
      if (!(used < before * 0.995)) return used;
      before = used;
    }
  };
  const typists = await Typists.join(server.socketUrl, id, typistCount);
  const startedAtMs = performance.now();
  const samples: number[] = [];
  for (let sample = 0; sample < memorySamples; sample++) {
    await typists.rush((editsPerHour * hours) / memorySamples);
    // So fast, edits wait to be written to the device: a backlog that people who type at their own speed do not make.
    await copyWritten(page, `scriptorium.${id}`);
    samples.push(await heapBytes());
  }
  typists.leave();
  await context.close();
  const seconds = (performance.now() - startedAtMs) / 1000;
  console.log(`${hours} h of remote typing in ${seconds.toFixed(0)} s`);
  console.log(
    `  heap after each quarter, MB: ${samples.map((bytes) => (bytes / 1e6).toFixed(1)).join(", ")}`,
  );
  verdict("last quarter × first", (samples.at(-1) ?? Number.NaN) / (samples[0] ?? Number.NaN), 1.25);
}

function verdict(what: string, reached: number, atMost: number): void {
  const mark = reached <= atMost ? "ok    " : "MISSED";
  console.log(`  ${mark} ${what}: ${reached.toFixed(2)} (bar ≤ ${atMost})`);
}
