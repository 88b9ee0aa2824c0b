import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { MessageType } from "@scriptorium/protocol";
import { type Edits, paper as readPaper } from "../load/edits";
import { Flight } from "../load/flight";
import { type Opening, openDocument } from "../load/open-document";
import { PreparedFrames } from "../load/prepared-frames";
import { closeAll, openReaders } from "../load/readers";
import { residentBytes } from "../machine";
import type { Subject } from "../servers/subject";
import { median } from "../statistics";
import type { WireClient } from "../wire/wire-client";
import { missedEditsBytes } from "./missed-edits";
import type { Extent, Figures, Round, Scenario } from "./scenario";

const inFlight = 256;
/** Of another document: what a process needs for typing at all, whatever document it is in, shall not count. */
const warmUpShare = 0.3;
const openings = 5;
/** Hocuspocus ends connections that say nothing for a minute or two; stock clients renew their awareness. */
const keepAliveMs = 20_000;
const queryAwareness = Uint8Array.of(MessageType.queryAwareness);

/** The editing of a paper, open in memory, opened again, and opened after a restart. */
export const paper: Scenario = {
  name: "paper",
  title: "automerge-paper: 259,778 edits",
  servers: ["ours", "ywss", "hocuspocus"],
  // First typed, then opened.
  roundsMin: 2,
  roundsMax: 2,
  figures: [
    { key: "typed", title: "typed, edits/s", decimals: 0 },
    { key: "megabytes", title: "RSS per open document, MB", decimals: 2 },
    { key: "rss", title: "  RSS of the process then, MB", decimals: 0 },
    { key: "warm", title: "opened warm, ms", decimals: 1 },
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
  /** RSS before, as idle as it is to be afterwards: else what is compared is garbage. */
  readonly bytesBefore: number;
  readonly atMs: number;
}

async function begin(subject: Subject, { quick }: Extent): Promise<Round> {
  const { edits, text } = readPaper(quick ? 0.1 : 1);
  const idleMs = quick ? 3000 : 60_000;
  const warmUp = await typeInto(subject, await subject.createDocument(), edits, warmUpShare);
  const warmAtMs = performance.now();
  let typed: Typed | undefined;
  return async () => {
    if (typed === undefined) {
      await pauseUntil(warmAtMs + idleMs);
      const bytesBefore = residentBytes(subject.pid);
      const documents = await subject.createDocuments(quick ? 1 : 3);
      const startedAtMs = performance.now();
      const pairs = await Promise.all(documents.map((document) => typeInto(subject, document, edits)));
      const atMs = performance.now();
      typed = { documents, clients: [...warmUp, ...pairs.flat()], bytesBefore, atMs };
      return { typed: (documents.length * edits.updates.length * 1000) / (atMs - startedAtMs) };
    }
    await pauseUntil(typed.atMs + idleMs);
    return open(subject, typed, text);
  };
}

async function open(subject: Subject, typed: Typed, text: string): Promise<Figures> {
  const { documents, clients, bytesBefore } = typed;
  const bytes = residentBytes(subject.pid);
  const warm: Opening[] = [];
  for (let i = 0; i < openings; i++) warm.push(await opened(subject, documents[0], text));
  await closeAll(clients);
  const figures = {
    megabytes: (bytes - bytesBefore) / documents.length / 1e6,
    rss: bytes / 1e6,
    warm: median(warm.map(({ completeMs }) => completeMs)),
  };
  return subject.kind.name === "ywss"
    ? figures
    : { ...figures, ...(await openCold(subject, documents, text)) };
}

async function openCold(subject: Subject, documents: readonly string[], text: string): Promise<Figures> {
  const cold: Opening[] = [];
  for (const document of documents) {
    await subject.stop();
    await subject.start();
    cold.push(await opened(subject, document, text));
  }
  const figures = {
    cold: median(cold.map(({ completeMs }) => completeMs)),
    bytes: median(cold.map(({ bytes }) => bytes)),
  };
  const [opening] = cold;
  const [document] = documents;
  if (subject.kind.name !== "ours" || opening === undefined || document === undefined) return figures;
  return { ...figures, missed: await missedEditsBytes(subject, document, opening.stateVector) };
}

function pauseUntil(ms: number): Promise<void> {
  return pause(Math.max(0, ms - performance.now()));
}

/** Types all of it, or a share, and returns the clients, which stay: one that typed, and one that read. */
async function typeInto(subject: Subject, document: string, edits: Edits, share = 1): Promise<WireClient[]> {
  let flight: Flight | undefined;
  const readers = await openReaders(subject, document, 1, (reader, client, clock) =>
    flight?.see(reader, client, clock),
  );
  const writer = await subject.connect(document);
  const clients = [writer, ...readers];
  const keepAlive = setInterval(() => {
    for (const client of clients) client.send(queryAwareness);
  }, keepAliveMs);
  void writer.closed.then(() => clearInterval(keepAlive));
  const count = Math.ceil(edits.updates.length * share);
  flight = new Flight([new PreparedFrames(writer, edits, count)], readers.length, inFlight);
  flight.start();
  await flight.exhausted;
  return clients;
}

async function opened(subject: Subject, document: string | undefined, text: string): Promise<Opening> {
  if (document === undefined) throw new Error("nothing was typed");
  const opening = await openDocument(subject, document);
  if (opening.text !== text)
    throw new Error(`${subject.kind.title}: the text that was opened is not complete`);
  return opening;
}
