import * as decoding from "lib0/decoding";
import { MessageType, SyncType } from "./message-type";
import { ProtocolError } from "./protocol-error";

/** What a client may send. Byte arrays are views of the frame: copy what outlives it. */
export type ClientMessage =
  | { readonly type: "step1"; readonly stateVector: Uint8Array }
  | { readonly type: "step2"; readonly update: Uint8Array }
  | { readonly type: "update"; readonly update: Uint8Array }
  | { readonly type: "awareness"; readonly update: Uint8Array }
  | { readonly type: "queryAwareness" };

/**
 * Reads the one message of a client's frame.
 *
 * @throws {ProtocolError} MALFORMED: unknown type, truncated, or bytes left over.
 */
export function readClientMessage(frame: Uint8Array): ClientMessage {
  const decoder = decoding.createDecoder(frame);
  const message = readMessage(decoder);
  if (decoding.hasContent(decoder)) {
    throw new ProtocolError("MALFORMED", `${frame.length - decoder.pos} bytes after the end of the message`);
  }
  return message;
}

function readMessage(decoder: decoding.Decoder): ClientMessage {
  try {
    const type = decoding.readVarUint(decoder);
    switch (type) {
      case MessageType.sync:
        return readSync(decoder);
      case MessageType.awareness:
        return { type: "awareness", update: decoding.readVarUint8Array(decoder) };
      case MessageType.queryAwareness:
        return { type: "queryAwareness" };
      default:
        throw new ProtocolError("MALFORMED", `unknown message type ${type}`);
    }
  } catch (cause) {
    if (cause instanceof ProtocolError) throw cause;
    throw new ProtocolError("MALFORMED", "truncated message", { cause });
  }
}

function readSync(decoder: decoding.Decoder): ClientMessage {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case SyncType.update:
      return { type: "update", update: decoding.readVarUint8Array(decoder) };
    case SyncType.step1:
      return { type: "step1", stateVector: decoding.readVarUint8Array(decoder) };
    case SyncType.step2:
      return { type: "step2", update: decoding.readVarUint8Array(decoder) };
    default:
      throw new ProtocolError("MALFORMED", `unknown sync message type ${type}`);
  }
}
