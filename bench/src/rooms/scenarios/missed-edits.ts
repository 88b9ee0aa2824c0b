import { setTimeout as pause } from "node:timers/promises";
import { typedCharacters } from "../load/edits";
import { PreparedFrames } from "../load/prepared-frames";
import type { Subject } from "../servers/subject";
import { readClocks } from "../wire/update-clocks";
import type { WireClient } from "../wire/wire-client";

const missedEdits = 10;
/** A writer who has not typed into the document before. */
const writerNumber = 1;
const quietMs = 300;

/**
 * Bytes of WebSocket frames, both ways, with which somebody gets ten missed edits of a document of which all else is
 * there. What that client would hand over is nothing.
 */
export async function missedEditsBytes(
  subject: Subject,
  document: string,
  stateVector: Uint8Array,
): Promise<number> {
  const before = await acknowledgedClient(subject, document, stateVector);
  await before.close();
  await typeMissedEdits(subject, document, stateVector);

  let arrived = 0;
  const { client: author } = typedCharacters(writerNumber, missedEdits);
  const client = await subject.connect(document, {
    stateVector,
    extended: true,
    resume: resumeOf(before),
    listener: {
      update: (update) =>
        readClocks(update, (of, clock) => {
          if (of === author) arrived = clock;
        }),
    },
  });
  await pause(quietMs);
  const { received, sent } = client.bytes;
  await client.close();
  if (arrived !== missedEdits) throw new Error(`${arrived} of ${missedEdits} missed edits arrived`);
  return received + sent;
}

/** The query parameters with which a client comes back to where it was. */
export function resumeOf({ revision, epoch }: WireClient): Record<string, string> {
  return {
    ...(revision === undefined ? {} : { since: String(revision) }),
    ...(epoch === undefined ? {} : { epoch }),
  };
}

/** A client that has been told how far the document is on the disk. */
async function acknowledgedClient(
  subject: Subject,
  document: string,
  stateVector: Uint8Array,
): Promise<WireClient> {
  const { promise, resolve } = newPromise();
  const client = await subject.connect(document, {
    stateVector,
    extended: true,
    listener: { acknowledged: resolve },
  });
  await promise;
  return client;
}

async function typeMissedEdits(subject: Subject, document: string, stateVector: Uint8Array): Promise<void> {
  const { promise, resolve } = newPromise();
  const writer = await subject.connect(document, {
    stateVector,
    extended: true,
    listener: {
      acknowledged: (messages) => {
        if (messages === 1 + missedEdits) resolve();
      },
    },
  });
  new PreparedFrames(writer, typedCharacters(writerNumber, missedEdits), missedEdits).send(0, missedEdits);
  await promise;
  await writer.close();
}

function newPromise(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
