import {
  type DocumentEvent,
  type Durable,
  decodeEventJson,
  MessageType,
  readDurable,
  SyncType,
} from "@scriptorium/protocol";
import * as decoding from "lib0/decoding";

/** One message of a server's frame. Byte arrays are views of the frame. */
export type ServerMessage =
  | { readonly type: "step1"; readonly stateVector: Uint8Array }
  | TextMessage
  | ({ readonly type: "durable" } & Durable)
  /** Undefined for an event that this version does not know. */
  | { readonly type: "event"; readonly event: DocumentEvent | undefined }
  /** Left to y-websocket, with what follows on the message's type. */
  | { readonly type: "plain"; readonly messageType: number; readonly payload: Uint8Array };

/** What brings text. A step 2 is the last part of the answer to a step 1. */
export interface TextMessage {
  readonly type: "step2" | "update";
  readonly update: Uint8Array;
}

/** A part of a frame: its texts are to be applied in one transaction, and then the others attended to in order. */
export interface FrameStep {
  readonly texts: readonly TextMessage[];
  readonly others: readonly Exclude<ServerMessage, TextMessage>[];
}

/**
 * Brings the messages of a frame into as few transactions as possible, by default one: an editor then draws once. What
 * is said in between waits for the texts behind it, except for that whose meaning is "up to here".
 */
export function planFrame(messages: readonly ServerMessage[]): FrameStep[] {
  const steps: FrameStep[] = [];
  let texts: TextMessage[] = [];
  let others: FrameStep["others"][number][] = [];
  for (const message of messages) {
    if (!isText(message)) {
      others.push(message);
      continue;
    }
    if (others.some(meansUpToHere)) {
      steps.push({ texts, others });
      texts = [];
      others = [];
    }
    texts.push(message);
  }
  steps.push({ texts, others });
  return steps;
}

function isText(message: ServerMessage): message is TextMessage {
  return message.type === "step2" || message.type === "update";
}

/** What others write and where their carets are: nothing that this client waits for. */
export function mayWait(message: ServerMessage): boolean {
  return (
    message.type === "update" || (message.type === "plain" && message.messageType === MessageType.awareness)
  );
}

/** It is about this client's own messages alone: what others write before or after it makes no difference to it. */
export function isAcknowledgement(message: ServerMessage): message is { readonly type: "durable" } & Durable {
  return message.type === "durable" && message.messages > 0;
}

/** A step 1 asks for an answer in which later texts have no part; a quiet note is not about them; `joined` opens. */
function meansUpToHere(message: ServerMessage): boolean {
  switch (message.type) {
    case "step1":
      return true;
    case "durable":
      return message.messages === 0;
    case "event":
      return message.event?.type === "joined";
    default:
      return false;
  }
}

/**
 * Reads the messages of a frame: y-websocket's servers put one into each, ours may put several. From a kind on that
 * this version does not know the rest is ignored, since nobody knows how long it is.
 *
 * @throws {Error} a message is truncated.
 */
export function readServerFrame(frame: Uint8Array): ServerMessage[] {
  const decoder = decoding.createDecoder(frame);
  const messages: ServerMessage[] = [];
  while (decoding.hasContent(decoder)) {
    const message = readMessage(decoder);
    if (message === undefined) break;
    messages.push(message);
  }
  return messages;
}

function readMessage(decoder: decoding.Decoder): ServerMessage | undefined {
  const messageType = decoding.readVarUint(decoder);
  switch (messageType) {
    case MessageType.sync:
      return readSync(decoder);
    case MessageType.durable:
      return { type: "durable", ...readDurable(decoder) };
    case MessageType.event:
      return { type: "event", event: decodeEventJson(decoding.readVarString(decoder)) };
    case MessageType.awareness:
      return plain(messageType, decoder, decoding.readVarUint8Array);
    case MessageType.auth:
      return plain(messageType, decoder, (auth) => {
        decoding.readVarUint(auth);
        decoding.readVarString(auth);
      });
    case MessageType.queryAwareness:
      return plain(messageType, decoder, () => {});
    default:
      return undefined;
  }
}

function readSync(decoder: decoding.Decoder): ServerMessage | undefined {
  const type = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  switch (type) {
    case SyncType.step1:
      return { type: "step1", stateVector: bytes };
    case SyncType.step2:
      return { type: "step2", update: bytes };
    case SyncType.update:
      return { type: "update", update: bytes };
    default:
      return undefined;
  }
}

function plain(
  messageType: number,
  decoder: decoding.Decoder,
  skip: (decoder: decoding.Decoder) => unknown,
): ServerMessage {
  const start = decoder.pos;
  skip(decoder);
  return { type: "plain", messageType, payload: decoder.arr.subarray(start, decoder.pos) };
}
