import * as encoding from "lib0/encoding";
import { type DocumentEvent, encodeEventJson } from "./document-event";
import { MessageType, SyncType } from "./message-type";
import { varUintBytes, writeVarUint } from "./var-uint";

/** An update without structs and deletes, as Yjs encodes it: "nothing that you do not have". */
export const emptyUpdate: Uint8Array = new Uint8Array([0, 0]);

/** Asks the client for what it has and the server has not; `stateVector` is the server's, encoded. */
export function encodeStep1(stateVector: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeSync(SyncType.step1, stateVector);
}

/** The answer to a client's step 1. Clients take themselves for synced when it arrives, so it goes out last. */
export function encodeStep2(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeSync(SyncType.step2, update);
}

export function encodeUpdate(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeSync(SyncType.update, update);
}

/** How long the head of an update of `byteLength` bytes is: what comes before it in its message. */
export function updateHeadBytes(byteLength: number): number {
  return 2 + varUintBytes(byteLength);
}

/** Writes that head at `at`. @returns where the update begins */
export function writeUpdateHead(target: Uint8Array, at: number, byteLength: number): number {
  target[at] = MessageType.sync;
  target[at + 1] = SyncType.update;
  return writeVarUint(target, at + 2, byteLength);
}

function encodeSync(type: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MessageType.sync);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

/** `update` is an awareness update as y-protocols encodes it. */
export function encodeAwareness(update: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MessageType.awareness);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

/**
 * Message 100: the first `messages` sync messages of this connection that carried updates (steps 2 and updates) are
 * on disk; `revision` is the newest durable revision of the document, and the client has been sent everything up to it.
 * With `messages` 0 it is a quiet note: all that was sent on this connection so far is on disk, too.
 *
 *     varUint 100 │ varUint messages │ revision, 8 bytes big-endian
 */
export function encodeDurable(messages: number, revision: bigint): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(durableBytes(messages));
  writeDurable(message, 0, messages, revision);
  return message;
}

/** How long a message 100 is. */
export function durableBytes(messages: number): number {
  return 1 + varUintBytes(messages) + 8;
}

/** Writes what {@link encodeDurable} returns, at `at`, without allocating. */
export function writeDurable(target: Uint8Array, at: number, messages: number, revision: bigint): void {
  target[at] = MessageType.durable;
  const next = writeVarUint(target, at + 1, messages);
  writeUint32(target, next, Number(revision >> 32n));
  writeUint32(target, next + 4, Number(revision & 0xffff_ffffn));
}

/** Message 101: something other than text changed. The payload is a JSON string. */
export function encodeEvent(event: DocumentEvent): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MessageType.event);
  encoding.writeVarString(encoder, encodeEventJson(event));
  return encoding.toUint8Array(encoder);
}

/** Big-endian. */
function writeUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
}
