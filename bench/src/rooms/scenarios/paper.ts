import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { encodeUpdate, MessageType } from "@scriptorium/protocol";
import { type Edits, paper as readPaper } from "../load/edits";
import { Flight } from "../load/flight";
import { contentOf, type Opening, openDocument } from "../load/open-document";
import { PreparedFrames } from "../load/prepared-frames";
import { closeAll, openReaders } from "../load/readers";
import { residentBytes } from "../machine";
import type { Subject } from "../servers/subject";
import { median } from "../statistics";
import type { WireClient } from "../wire/wire-client";
import { missedEditsBytes } from "./missed-edits";
import type { Extent, Figures, Round, Scenario } from "./scenario";

const inFlight = 256;
/** The first ten or so measure how the client's own code is compiled. */
const openings = 30;
const settleMs = 2000;
/** So many that what the process needs in any case weighs little beside them. */
const openDocuments = 50;
/** Hocuspocus ends connections that say nothing for a minute or two; stock clients renew their awareness. */
const keepAliveMs = 20_000;
const queryAwareness = Uint8Array.of(MessageType.queryAwareness);

/** The editing of a paper, open in memory, opened again, and opened after a restart. */
export const paper: Scenario = {
  name: "paper",
  title: "automerge-paper: 259,778 edits",
  servers: ["ours", "ywss", "hocuspocus"],
  roundsMax: 1,
  figures: [
    { key: "typed", title: "typed, edits/s", decimals: 0 },
    { key: "megabytes", title: "RSS above a fresh process, MB per document (50)", decimals: 2 },
    { key: "rss", title: "  RSS of the process then, MB", decimals: 0 },
    { key: "warm", title: "opened warm, ms", decimals: 1 },
    { key: "plain", title: "  by a client that takes nothing compressed, ms", decimals: 1 },
    { key: "cold", title: "opened cold, behind a restart, ms", decimals: 1 },
    { key: "bytes", title: "opened cold: bytes received", decimals: 0 },
    { key: "missed", title: "resumed behind 10 missed edits, bytes", decimals: 0 },
  ],
  bars: [
    { figure: "megabytes", atMost: 3 },
    { figure: "warm", atMostTimes: 0.5, of: "better peer" },
    { figure: "cold", atMostTimes: 0.1, of: "hocuspocus" },
    { figure: "bytes", atMostTimes: 0.55, of: "hocuspocus" },
    { figure: "missed", atMost: 1000 },
  ],
  begin,
};

/** A process with the paper open in it. */
interface Typed {
  readonly documents: readonly string[];
  readonly clients: readonly WireClient[];
  /** RSS of the process before anything was typed. */
  readonly bytesBefore: number;
}

/**
 * Types the paper into a few documents, hands it whole to the others, and leaves all of them open; the round waits until
 * they have been idle for long enough.
 */
async function begin(subject: Subject, { quick }: Extent): Promise<Round> {
  const { edits, text, state } = readPaper(quick ? 0.1 : 1);
  const idleMs = quick ? 3000 : 60_000;
  const documents = await subject.createDocuments(quick ? 1 : 3);
  const wholeDocuments = await subject.createDocuments(openDocuments - documents.length);
  await pause(settleMs);
  const bytesBefore = residentBytes(subject.pid);
  const startedAtMs = performance.now();
  const pairs = await Promise.all(documents.map((document) => typeInto(subject, document, edits)));
  const typedMs = performance.now() - startedAtMs;
  const keepers = await Promise.all(wholeDocuments.map((document) => handOver(subject, document, state)));
  const editsPerSecond = (documents.length * edits.updates.length * 1000) / typedMs;
  return async (allReadyAtMs) => {
    await pause(Math.max(0, allReadyAtMs + idleMs - performance.now()));
    const clients = [...pairs.flat(), ...keepers];
    const opened = await open(subject, { documents, clients, bytesBefore }, text);
    return { typed: editsPerSecond, ...opened };
  };
}

async function open(subject: Subject, typed: Typed, text: string): Promise<Figures> {
  const { documents, clients, bytesBefore } = typed;
  const [document] = documents;
  if (document === undefined) throw new Error("nothing was typed");
  const bytes = residentBytes(subject.pid);
  const warm: Opening[] = [];
  const plain: Opening[] = [];
  for (let i = 0; i < openings; i++) {
    warm.push(await openDocument(subject, document));
    plain.push(await openDocument(subject, document, { perMessageDeflate: false }));
  }
  for (const opening of [...warm, ...plain]) assertComplete(subject, opening, text);
  await closeAll(clients);
  const figures = {
    megabytes: (bytes - bytesBefore) / openDocuments / 1e6,
    rss: bytes / 1e6,
    warm: median(warm.map(({ completeMs }) => completeMs)),
    plain: median(plain.map(({ completeMs }) => completeMs)),
  };
  if (subject.kind.name === "ywss") return figures;
  const cold = await openCold(subject, documents);
  for (const opening of cold) assertComplete(subject, opening, text);
  return {
    ...figures,
    cold: median(cold.map(({ completeMs }) => completeMs)),
    bytes: median(cold.map(({ bytes }) => bytes)),
    ...(subject.kind.name === "ours" ? { missed: await missed(subject, document, cold) } : {}),
  };
}

async function openCold(subject: Subject, documents: readonly string[]): Promise<Opening[]> {
  const cold: Opening[] = [];
  for (const document of documents) {
    await subject.stop();
    await subject.start();
    cold.push(await openDocument(subject, document));
  }
  return cold;
}

function missed(subject: Subject, document: string, [opening]: readonly Opening[]): Promise<number> {
  if (opening === undefined) throw new Error("nothing was opened");
  return missedEditsBytes(subject, document, contentOf(opening).stateVector);
}

/** Opens a document that holds all of the paper, handed over whole, and returns the client, which stays. */
async function handOver(subject: Subject, document: string, state: Uint8Array): Promise<WireClient> {
  const client = await subject.connect(document);
  client.send(encodeUpdate(state));
  keepAlive([client]);
  return client;
}

/** Types all of it, and returns the clients, which stay: one that typed, and one that read. */
async function typeInto(subject: Subject, document: string, edits: Edits): Promise<WireClient[]> {
  let flight: Flight | undefined;
  const readers = await openReaders(subject, document, 1, (reader, client, clock) =>
    flight?.see(reader, client, clock),
  );
  const writer = await subject.connect(document);
  const clients = [writer, ...readers];
  keepAlive(clients);
  flight = new Flight([new PreparedFrames(writer, edits)], readers.length, inFlight);
  flight.start();
  await flight.exhausted;
  return clients;
}

function assertComplete(subject: Subject, opening: Opening, text: string): void {
  if (contentOf(opening).text === text) return;
  throw new Error(`${subject.kind.title}: the text that was opened is not complete`);
}

function keepAlive(clients: readonly WireClient[]): void {
  const asking = setInterval(() => {
    for (const client of clients) client.send(queryAwareness);
  }, keepAliveMs);
  for (const client of clients) void client.closed.then(() => clearInterval(asking));
}
