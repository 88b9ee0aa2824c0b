import { durableBytes, updateHeadBytes, writeDurable, writeUpdateHead } from "@scriptorium/protocol";

/** Up to here a copy costs less than a second write. */
const copiedBytesMax = 16 * 1024;
const finalBinary = 0x82;
const compressedBit = 0x40;

/**
 * A whole WebSocket frame with one binary message, as a server sends it: without a mask, so that one encoding serves
 * all receivers (RFC 6455, section 5.2).
 */
export function encodeFrame(message: Uint8Array): Buffer {
  const headBytes = headBytesOf(message.length);
  const frame = Buffer.allocUnsafe(headBytes + message.length);
  writeHead(frame, message.length, finalBinary);
  frame.set(message, headBytes);
  return frame;
}

/** A frame with the update in a sync message, in one or two parts: a large update is not copied. */
export function encodeUpdateFrame(update: Uint8Array): readonly Uint8Array[] {
  const messageBytes = updateHeadBytes(update.length) + update.length;
  const headBytes = headBytesOf(messageBytes);
  const updateAt = headBytes + updateHeadBytes(update.length);
  const isCopied = update.length <= copiedBytesMax;
  const frame = Buffer.allocUnsafe(isCopied ? updateAt + update.length : updateAt);
  writeHead(frame, messageBytes, finalBinary);
  writeUpdateHead(frame, headBytes, update.length);
  if (!isCopied) return [frame, update];
  frame.set(update, updateAt);
  return [frame];
}

/** A frame with a message 100: see `encodeDurable`. */
export function encodeDurableFrame(messages: number, revision: bigint): Buffer {
  const messageBytes = durableBytes(messages);
  const headBytes = headBytesOf(messageBytes);
  const frame = Buffer.allocUnsafe(headBytes + messageBytes);
  writeHead(frame, messageBytes, finalBinary);
  writeDurable(frame, headBytes, messages, revision);
  return frame;
}

/**
 * A frame, in two parts, with a message that was deflated, for connections that have agreed on permessage-deflate. The
 * message shares no context with others, so that it, too, serves all receivers.
 */
export function encodeDeflatedFrame(deflated: Uint8Array): readonly Uint8Array[] {
  const head = Buffer.allocUnsafe(headBytesOf(deflated.length));
  writeHead(head, deflated.length, finalBinary | compressedBit);
  return [head, deflated];
}

function headBytesOf(messageBytes: number): number {
  if (messageBytes < 126) return 2;
  return messageBytes < 65_536 ? 4 : 10;
}

function writeHead(frame: Buffer, messageBytes: number, firstByte: number): void {
  frame[0] = firstByte;
  if (messageBytes < 126) {
    frame[1] = messageBytes;
  } else if (messageBytes < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(messageBytes, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(messageBytes), 2);
  }
}
