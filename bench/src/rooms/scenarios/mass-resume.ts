import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import * as Y from "yjs";
import { type Edits, typedCharacters } from "../load/edits";
import { PreparedFrames } from "../load/prepared-frames";
import { closeAll } from "../load/readers";
import type { Subject } from "../servers/subject";
import { readClocks } from "../wire/update-clocks";
import type { WireClient } from "../wire/wire-client";
import { resumeOf } from "./missed-edits";
import type { Extent, Figures, Scenario } from "./scenario";

const documentCount = 100;
const clientsPerDocument = 10;
const knownEdits = 100;
const missedEdits = 5;
/** Hocuspocus saves by then what was typed. */
const savedMs = 4000;

interface Visited {
  readonly document: string;
  readonly resume: Readonly<Record<string, string>>;
}

/** Everybody comes back at the same moment. */
export const massResume: Scenario = {
  name: "resume",
  title: `${documentCount * clientsPerDocument} clients resume ${documentCount} documents at once, behind a restart`,
  servers: ["ours", "hocuspocus"],
  roundsMax: 2,
  figures: [{ key: "seconds", title: "until all have everything, s", decimals: 2 }],
  bars: [{ figure: "seconds", atMost: 3 }],
  async begin(subject, _extent: Extent) {
    const edits = typedCharacters(0, knownEdits + missedEdits);
    const documents = await subject.createDocuments(documentCount);
    const visited = await Promise.all(documents.map((document) => visit(subject, document, edits)));
    await pause(savedMs);
    return () => measure(subject, visited, edits);
  },
};

/** Leaves a document with the known edits and the missed ones, and tells where in between a client left. */
async function visit(subject: Subject, document: string, edits: Edits): Promise<Visited> {
  let onAcknowledged = () => {};
  const acknowledgedUpTo = (count: number) =>
    new Promise<void>((resolve) => {
      onAcknowledged = () => {
        if (acknowledged >= count) resolve();
      };
    });
  let acknowledged = 0;
  const writer = await subject.connect(document, {
    extended: true,
    listener: {
      acknowledged: (messages) => {
        acknowledged = messages;
        onAcknowledged();
      },
    },
  });
  const before = writer.messagesSent;
  const frames = new PreparedFrames(writer, edits, knownEdits + missedEdits);
  const known = acknowledgedUpTo(before + knownEdits);
  frames.send(0, knownEdits);
  await known;
  const resume = subject.kind.name === "ours" ? resumeOf(writer) : {};
  const all = acknowledgedUpTo(before + knownEdits + missedEdits);
  frames.send(knownEdits, knownEdits + missedEdits);
  await all;
  await writer.close();
  return { document, resume };
}

async function measure(subject: Subject, visited: readonly Visited[], edits: Edits): Promise<Figures> {
  await subject.stop();
  await subject.start();
  const stateVector = Y.encodeStateVectorFromUpdate(Y.mergeUpdates(edits.updates.slice(0, knownEdits)));
  const startedAtMs = performance.now();
  const comings = visited.flatMap(({ document, resume }) =>
    Array.from({ length: clientsPerDocument }, () => comeBack(subject, document, stateVector, resume)),
  );
  const clients = await Promise.all(comings);
  const seconds = (performance.now() - startedAtMs) / 1000;
  await closeAll(clients);
  return { seconds };
}

/** Resolves when the client is ready and has the missed edits. */
async function comeBack(
  subject: Subject,
  document: string,
  stateVector: Uint8Array,
  resume: Readonly<Record<string, string>>,
): Promise<WireClient> {
  let arrived = 0;
  const client = await subject.connect(document, {
    stateVector,
    resume,
    extended: true,
    listener: {
      update: (update) =>
        readClocks(update, (_client, clock) => {
          arrived = clock;
        }),
    },
  });
  if (arrived !== knownEdits + missedEdits) {
    throw new Error(`${subject.kind.title}: a client came back to ${arrived} edits`);
  }
  return client;
}
