import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { emptyUpdate, encodeStep1, encodeStep2 } from "@scriptorium/protocol";
import { WebSocket } from "ws";
import * as Y from "yjs";
import type { Subject } from "../servers/subject";
import { readServerMessages } from "../wire/server-messages";

export interface Opening {
  /** From the first packet until the client had everything, as far as the server says: step 2. */
  readonly completeMs: number;
  /** All that arrived for it, HTTP and WebSocket headers with it. */
  readonly bytes: number;
  /** What had arrived by then. */
  readonly updates: readonly Uint8Array[];
}

/** A server that sends the document twice has done so by then. */
const quietMs = 300;
const nothing = Uint8Array.of(0);

/**
 * Opens a document as somebody does who has nothing of it, with `ws`: it offers to take compressed messages, as browsers
 * do, unless told otherwise. What arrives is not looked into: the garbage of that would slow down the next opening.
 */
export async function openDocument(
  subject: Subject,
  document: string,
  { perMessageDeflate = true } = {},
): Promise<Opening> {
  const { dialect } = subject.kind;
  const prefix = dialect.prefix(document);
  const updates: Uint8Array[] = [];
  const startedAtMs = performance.now();
  const socket = new WebSocket(subject.url(document), { perMessageDeflate });
  const send = (message: Uint8Array) => socket.send(Buffer.concat([prefix, message]));
  let receivedBytes = () => 0;
  socket.once("upgrade", (response) => {
    receivedBytes = () => response.socket.bytesRead;
  });
  const completeMs = await new Promise<number>((resolve, reject) => {
    socket.once("error", reject);
    socket.once("close", (code) => reject(new Error(`${subject.kind.title} closed with ${code}`)));
    socket.once("open", () => {
      if (dialect.greeting !== undefined) send(dialect.greeting);
      send(encodeStep1(nothing));
    });
    socket.on("message", (frame: Buffer) => {
      readServerMessages(frame, prefix.length, {
        step1: () => send(encodeStep2(emptyUpdate)),
        step2: (update) => {
          updates.push(update);
          resolve(performance.now() - startedAtMs);
        },
        update: (update) => updates.push(update),
        awareness: () => {},
        durable: () => {},
        event: () => {},
        syncStatus: () => {},
      });
    });
  });
  const complete = [...updates];
  await pause(quietMs);
  const bytes = receivedBytes();
  socket.terminate();
  return { completeMs, bytes, updates: complete };
}

/** What the client of an opening holds once it has applied all that it got. */
export function contentOf({ updates }: Opening): { text: string; stateVector: Uint8Array } {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const content = { text: doc.getText("content").toString(), stateVector: Y.encodeStateVector(doc) };
  doc.destroy();
  return content;
}
