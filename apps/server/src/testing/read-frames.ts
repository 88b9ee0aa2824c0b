import { inflateRawSync, constants as zlib } from "node:zlib";

/** The messages of a stream of unmasked, whole, binary WebSocket frames, given in any pieces. */
export function readFrames(pieces: readonly Uint8Array[]): Uint8Array[] {
  const stream = Buffer.concat(pieces);
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at < stream.length) {
    const first = stream.readUInt8(at);
    let length = stream.readUInt8(at + 1);
    at += 2;
    if (length === 126) {
      length = stream.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(stream.readBigUInt64BE(at));
      at += 8;
    }
    const message = stream.subarray(at, at + length);
    if (message.length < length) throw new Error("a frame is cut off");
    messages.push(new Uint8Array(first === 0xc2 ? inflate(message) : message));
    if (first !== 0xc2 && first !== 0x82) throw new Error(`not a whole binary frame: ${first}`);
    at += length;
  }
  return messages;
}

function inflate(message: Uint8Array): Buffer {
  const flushTail = Uint8Array.of(0, 0, 255, 255);
  return inflateRawSync(Buffer.concat([message, flushTail]), { finishFlush: zlib.Z_SYNC_FLUSH });
}
