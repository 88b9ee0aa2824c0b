import { performance } from "node:perf_hooks";
import { ownClient, reached } from "../../../apps/server/test/harness/clients";
import { ServerProcess, temporaryDirectory } from "../../../apps/server/test/harness/server-process";
import { cpuSeconds } from "../rooms/machine";
import { median, quantile } from "../rooms/statistics";

export interface Scrape {
  readonly documents: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Of the server's CPU for one, whatever else the machine does. */
  readonly cpuMs: number;
  readonly bytes: number;
  readonly samples: number;
}

const creationsAtOnce = 32;
const edited = 300;
const editedAtOnce = 50;
const scrapes = 100;

/** Asks a server with so many documents for its metrics. */
export async function measureScrape(documents: number): Promise<Scrape> {
  const directory = await temporaryDirectory();
  const server = await ServerProcess.start(directory.path, { env: { NODE_ENV: "production" } });
  try {
    const ids: string[] = [];
    while (ids.length < documents) {
      const some = Math.min(creationsAtOnce, documents - ids.length);
      ids.push(...(await Promise.all(Array.from({ length: some }, () => server.createDocument()))));
    }
    for (let from = 0; from < Math.min(edited, documents); from += editedAtOnce) {
      await Promise.all(ids.slice(from, from + editedAtOnce).map((id) => edit(server, id)));
    }
    const times: number[] = [];
    let text = "";
    const cpuBefore = server.pid === undefined ? Number.NaN : cpuSeconds(server.pid);
    for (let scrape = 0; scrape < scrapes; scrape++) {
      const startedMs = performance.now();
      text = await (await fetch(`${server.origin}/metrics`)).text();
      times.push(performance.now() - startedMs);
    }
    const cpuAfter = server.pid === undefined ? Number.NaN : cpuSeconds(server.pid);
    const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
    return {
      documents,
      medianMs: median(times),
      p99Ms: quantile(times, 0.99),
      cpuMs: ((cpuAfter - cpuBefore) / scrapes) * 1000,
      bytes: Buffer.byteLength(text),
      samples,
    };
  } finally {
    await server.stop();
    await directory.remove();
  }
}

async function edit(server: ServerProcess, id: string): Promise<void> {
  const client = ownClient(server.socketUrl, id);
  await reached(client, "saved");
  client.doc.getText("content").insert(0, "x");
  await reached(client, "saved");
  client.destroy();
  client.doc.destroy();
}
