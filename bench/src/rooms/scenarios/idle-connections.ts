import { setTimeout as pause } from "node:timers/promises";
import { closeAll } from "../load/readers";
import { openFilesMax, residentBytes } from "../machine";
import type { Subject } from "../servers/subject";
import type { WireClient } from "../wire/wire-client";
import type { Extent, Figures, Scenario } from "./scenario";

const perRoom = 2;
const openingsAtOnce = 50;
const warmUpConnections = 200;
/** Files that a process has open beside its connections, with room to spare. */
const otherFiles = 500;
const settleMs = 3000;

/** What a connection costs that does nothing. */
export const idleConnections: Scenario = {
  name: "idle",
  title: "idle connections, 2 in each room",
  servers: ["ours", "ywss", "hocuspocus", "ws"],
  roundsMax: 1,
  figures: [
    { key: "connections", title: "connections", decimals: 0 },
    { key: "bytes", title: "bytes of RSS per connection", decimals: 0 },
  ],
  bars: [{ figure: "bytes", atMostTimes: 1.2, of: "ws" }],
  async begin(subject, { quick }: Extent) {
    const wanted = quick ? 1000 : 5000;
    const connections = Math.min(wanted, openFilesMax() - otherFiles);
    const [warmUpDocument = "", ...documents] = await subject.createDocuments(1 + connections / perRoom);
    // Whatever making the documents left in memory goes with the process.
    await subject.stop();
    await subject.start();
    return () => measure(subject, warmUpDocument, documents);
  },
};

async function measure(subject: Subject, warmUpDocument: string, documents: string[]): Promise<Figures> {
  const warmUp = Array.from({ length: warmUpConnections }, () => warmUpDocument);
  await closeAll(await openAll(subject, warmUp));
  await pause(settleMs);
  const before = residentBytes(subject.pid);
  const clients = await openAll(
    subject,
    documents.flatMap((document) => Array.from({ length: perRoom }, () => document)),
  );
  await pause(settleMs);
  const bytes = (residentBytes(subject.pid) - before) / clients.length;
  const open = clients.filter((client) => client.isOpen).length;
  await closeAll(clients);
  if (open < clients.length) throw new Error(`${subject.kind.title}: ${clients.length - open} were closed`);
  return { connections: clients.length, bytes };
}

async function openAll(subject: Subject, documents: readonly string[]): Promise<WireClient[]> {
  const clients: WireClient[] = [];
  for (let at = 0; at < documents.length; at += openingsAtOnce) {
    const some = documents.slice(at, at + openingsAtOnce).map((document) => subject.connect(document));
    clients.push(...(await Promise.all(some)));
  }
  return clients;
}
