import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { typedCharacters } from "../load/edits";
import { PreparedFrames } from "../load/prepared-frames";
import { closeAll } from "../load/readers";
import { cpuSeconds, syncMs } from "../machine";
import type { Subject } from "../servers/subject";
import { quantile } from "../statistics";
import { readClocks } from "../wire/update-clocks";
import type { WireClient } from "../wire/wire-client";
import type { Extent, Figures, Scenario } from "./scenario";

const documentCount = 500;
const editIntervalMs = 500;
/** So many documents are opened at once. */
const openingsAtOnce = 50;

/** What an installation does all day: many documents, two people in each, who type at leisure. */
export const manyDocuments: Scenario = {
  name: "documents",
  title: `${documentCount} documents, 2 clients in each, 2 edits/s from each`,
  servers: ["ours", "ywss", "hocuspocus", "ws"],
  roundsMax: 1,
  figures: [
    { key: "cpu", title: "server CPU, %", decimals: 1 },
    { key: "p50", title: "relay p50, ms", decimals: 2 },
    { key: "p99", title: "relay p99, ms", decimals: 2 },
    { key: "ackP99", title: "acknowledgement p99, ms", decimals: 2 },
    { key: "sync", title: "  fdatasync of this disk, median ms", decimals: 2 },
    { key: "ackLimit", title: "  relay p99 + 3 syncs, ms", decimals: 2 },
  ],
  bars: [
    { figure: "cpu", atMostTimes: 1, of: "better peer" },
    { figure: "p99", atMostTimes: 1, of: "better peer" },
    { figure: "ackP99", atMostFigure: "ackLimit" },
  ],
  begin: async (subject, extent) => () => measure(subject, extent),
};

/** Times of the edits of one client. */
class Typist {
  readonly sentAtMs: number[] = [];
  /** Messages with updates that the client sent before its first edit. */
  messagesBefore = 0;
  acknowledged = 0;
}

interface Latencies {
  readonly relay: number[];
  readonly acknowledgement: number[];
}

async function measure(subject: Subject, { quick }: Extent): Promise<Figures> {
  const seconds = quick ? 4 : 20;
  const editsPerClient = (seconds * 1000) / editIntervalMs;
  const latencies: Latencies = { relay: [], acknowledgement: [] };
  const documents = await subject.createDocuments(documentCount);
  const clients: WireClient[] = [];
  const frames: PreparedFrames[] = [];
  const typists: Typist[] = [];
  for (let at = 0; at < documents.length; at += openingsAtOnce) {
    const pairs = documents.slice(at, at + openingsAtOnce).map(async (document) => {
      const pair = [new Typist(), new Typist()];
      const opened = await Promise.all(
        pair.map((typist) => open(subject, document, typist, pair, latencies)),
      );
      clients.push(...opened);
      typists.push(...pair);
      for (const [side, client] of opened.entries()) {
        frames.push(new PreparedFrames(client, typedCharacters(side, editsPerClient), editsPerClient));
      }
    });
    await Promise.all(pairs);
  }
  await pause(500);
  for (const [index, typist] of typists.entries()) typist.messagesBefore = clients[index]?.messagesSent ?? 0;

  const cpuBefore = cpuSeconds(subject.pid);
  const startedAtMs = performance.now();
  await type(frames, typists, editsPerClient);
  const elapsedSeconds = (performance.now() - startedAtMs) / 1000;
  const cpu = (100 * (cpuSeconds(subject.pid) - cpuBefore)) / elapsedSeconds;
  await pause(500);
  await closeAll(clients);

  const edits = frames.length * editsPerClient;
  if (latencies.relay.length < edits) {
    throw new Error(`${subject.kind.title}: ${latencies.relay.length} of ${edits} edits were relayed`);
  }
  const p99 = quantile(latencies.relay, 0.99);
  const sync = await syncMs(subject.directory);
  return {
    cpu,
    p50: quantile(latencies.relay, 0.5),
    p99,
    ...(latencies.acknowledgement.length === 0 ? {} : { ackP99: quantile(latencies.acknowledgement, 0.99) }),
    ...(subject.kind.name === "ours" ? { sync, ackLimit: p99 + 3 * sync } : {}),
  };
}

function open(
  subject: Subject,
  document: string,
  typist: Typist,
  pair: readonly Typist[],
  latencies: Latencies,
): Promise<WireClient> {
  const clientIds = pair.map((_, side) => typedCharacters(side, 1).client);
  const seen = pair.map(() => 0);
  return subject.connect(document, {
    extended: true,
    listener: {
      update(update, arrivedAtMs) {
        readClocks(update, (client, clock) => {
          const side = clientIds.indexOf(client);
          const author = pair[side];
          // Some servers send edits to their author, too.
          if (author === undefined || author === typist) return;
          for (let edit = seen[side] ?? 0; edit < clock; edit++) {
            latencies.relay.push(arrivedAtMs - (author.sentAtMs[edit] ?? Number.NaN));
          }
          seen[side] = Math.max(clock, seen[side] ?? 0);
        });
      },
      acknowledged(messages, arrivedAtMs) {
        const edits = Math.min(messages - typist.messagesBefore, typist.sentAtMs.length);
        for (; typist.acknowledged < edits; typist.acknowledged++) {
          const sentAtMs = typist.sentAtMs[typist.acknowledged] ?? Number.NaN;
          latencies.acknowledgement.push(arrivedAtMs - sentAtMs);
        }
      },
    },
  });
}

/** Spreads the edits of all clients evenly over time. */
async function type(
  frames: readonly PreparedFrames[],
  typists: readonly Typist[],
  editsPerClient: number,
): Promise<void> {
  const editsPerMs = frames.length / editIntervalMs;
  const total = frames.length * editsPerClient;
  const startedAtMs = performance.now();
  for (let next = 0; next < total; ) {
    const due = Math.min(total, Math.ceil((performance.now() - startedAtMs) * editsPerMs));
    for (; next < due; next++) {
      const edit = Math.floor(next / frames.length);
      typists[next % frames.length]?.sentAtMs.push(performance.now());
      frames[next % frames.length]?.send(edit, edit + 1);
    }
    await pause(1);
  }
}
