import { performance } from "node:perf_hooks";
import { setTimeout as after } from "node:timers/promises";
import { ServerProcess } from "../../../apps/server/test/harness/server-process";
import { residentBytes } from "../rooms/machine";
import { median } from "../rooms/statistics";
import { formatCount, formatMebibytes, printFigure, printTitle } from "./report";
import type { Scenario } from "./scenario";

/** How often it is asked whether it is ready: rarely enough that asking does not slow it down. */
const askEveryMs = 5;
/** How long a server does nothing before its memory counts. */
const idleMs = 10_000;

interface Start {
  readonly seconds: number;
  readonly server: ServerProcess;
}

async function start(data: string): Promise<Start> {
  const startedMs = performance.now();
  const server = ServerProcess.launch(data);
  let port: string | undefined;
  const failed = server.ended.then((code) => {
    throw new Error(`the server ended with ${code}:\n${server.output.join("\n")}`);
  });
  while (port === undefined) {
    await Promise.race([after(askEveryMs), failed]);
    port = /"port":(\d+)/.exec(server.output.find((line) => line.includes('"msg":"serving"')) ?? "")?.[1];
  }
  while ((await fetch(`http://127.0.0.1:${port}/readyz`)).status !== 200) await after(askEveryMs);
  const seconds = (performance.now() - startedMs) / 1000;
  await server.ready();
  return { seconds, server };
}

function printStarts(what: string, seconds: readonly number[]): void {
  const worst = Math.max(...seconds).toFixed(2);
  printFigure(what, `${median(seconds).toFixed(2)} s (at most ${worst})`);
}

/** Starts the server so often, each time after it was ended by the signal. */
async function measure(data: string, rounds: number, signal: NodeJS.Signals): Promise<number[]> {
  const seconds: number[] = [];
  const first = await start(data);
  await first.server.createDocument({ text: "written right before the end" });
  await first.server.stop(signal);
  for (let round = 0; round < rounds; round++) {
    const started = await start(data);
    seconds.push(started.seconds);
    await started.server.createDocument({ text: "written right before the end" });
    await started.server.stop(signal);
  }
  return seconds;
}

async function idleBytes(data: string): Promise<number> {
  const { server } = await start(data);
  await after(idleMs);
  const bytes = residentBytes(server.pid ?? 0);
  await server.stop();
  return bytes;
}

/** From the start of the process until `/readyz` says ready, and memory at rest; the files are in the page cache. */
export const starting: Scenario = {
  name: "start",
  async run({ at, documents, rounds, importedData }) {
    printTitle("start until ready, median");
    printStarts("no documents", await measure(at("empty"), rounds, "SIGTERM"));
    printStarts("no documents, after SIGKILL", await measure(at("empty"), rounds, "SIGKILL"));
    const imported = await importedData();
    const many = `${formatCount(documents)} documents`;
    const first = await start(imported);
    printFigure(`${many}, projections made of the log`, `${first.seconds.toFixed(2)} s`);
    await first.server.stop();
    printStarts(many, await measure(imported, rounds, "SIGTERM"));
    printStarts(`${many}, after SIGKILL`, await measure(imported, rounds, "SIGKILL"));
    printTitle(`memory (RSS) ${idleMs / 1000} s after the start, nobody there`);
    printFigure("no documents", formatMebibytes(await idleBytes(at("empty"))));
    printFigure(many, formatMebibytes(await idleBytes(imported)));
  },
};
