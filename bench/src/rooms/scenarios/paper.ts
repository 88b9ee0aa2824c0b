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
import type { Extent, Figures, Scenario } from "./scenario";

const inFlight = 256;
const warmUpShare = 0.1;
const openings = 5;
const settleMs = 2000;
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
    { key: "megabytes", title: "RSS per open document, MB", decimals: 2 },
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

/** Types the paper into documents and leaves them open; a round waits until they have been idle for long enough. */
async function begin(subject: Subject, { quick }: Extent) {
  const { edits, text } = readPaper(quick ? 0.1 : 1);
  const idleMs = quick ? 3000 : 60_000;
  // What typing leaves behind in the process, whatever document it is in, shall not count.
  const warmUp = await typeInto(subject, await subject.createDocument(), edits, warmUpShare);
  await pause(settleMs);
  const before = residentBytes(subject.pid);
  const documents = await subject.createDocuments(quick ? 1 : 3);
  const startedAtMs = performance.now();
  const pairs = await Promise.all(documents.map((document) => typeInto(subject, document, edits)));
  const endedAtMs = performance.now();
  const typed = (documents.length * edits.updates.length * 1000) / (endedAtMs - startedAtMs);

  return async (): Promise<Figures> => {
    await pause(Math.max(0, endedAtMs + idleMs - performance.now()));
    const megabytes = (residentBytes(subject.pid) - before) / documents.length / 1e6;
    const warm: Opening[] = [];
    for (let i = 0; i < openings; i++) warm.push(await opened(subject, documents[0], text));
    await closeAll([...warmUp, ...pairs.flat()]);
    const figures = { typed, megabytes, warm: median(warm.map(({ completeMs }) => completeMs)) };
    if (subject.kind.name === "ywss") return figures;

    const cold: Opening[] = [];
    for (const document of documents) {
      await subject.stop();
      await subject.start();
      cold.push(await opened(subject, document, text));
    }
    const [opening] = cold;
    const missed =
      subject.kind.name === "ours" && opening !== undefined
        ? { missed: await missedEditsBytes(subject, documents[0] ?? "", opening.stateVector) }
        : {};
    return {
      ...figures,
      cold: median(cold.map(({ completeMs }) => completeMs)),
      bytes: median(cold.map(({ bytes }) => bytes)),
      ...missed,
    };
  };
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
