import { deflateRaw, constants as zlib } from "node:zlib";
import { durableBytes, updateHeadBytes, writeDurable, writeUpdateHead } from "@scriptorium/protocol";

/** Up to here a copy costs less than a second write. */
const copiedBytesMax = 16 * 1024;
const finalBinary = 0x82;
const compressedBit = 0x40;
/** What ends every compressed message, and is left out of it (RFC 7692, section 7.2.1). */
const flushTailBytes = 4;

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
 * Like {@link encodeFrame}, compressed for connections that have agreed on permessage-deflate. Shares no context with
 * other messages, so that it, too, serves all receivers.
 */
export async function compressFrame(message: Uint8Array): Promise<Buffer> {
  const deflated = await deflate(message);
  const bytes = deflated.length - flushTailBytes;
  const headBytes = headBytesOf(bytes);
  const frame = Buffer.allocUnsafeSlow(headBytes + bytes);
  writeHead(frame, bytes, finalBinary | compressedBit);
  deflated.copy(frame, headBytes, 0, bytes);
  return frame;
}

/** Ends with a flush and not with the end of the stream, as receivers expect. */
function deflate(bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The fastest level takes a third of the default's time, for a tenth more bytes.
    const options = { level: zlib.Z_BEST_SPEED, finishFlush: zlib.Z_SYNC_FLUSH };
    deflateRaw(bytes, options, (error, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
  });
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
