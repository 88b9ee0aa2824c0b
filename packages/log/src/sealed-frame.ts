import { crc32 } from "node:zlib";
import { compress, decompress } from "./compress";

/*
 * A block, or the index, as it lies in a sealed segment, little-endian.
 *
 *    0 u32 length      of the whole frame: 16 + compressed content
 *    4 u32 crc32       of bytes [8, length), starting from length XOR the log's salt
 *    8 u8  version     1
 *    9 3B  zeros
 *   12 u32 raw length  of the content before compression (Brotli)
 *   16     compressed content
 */
export const frameHeaderBytes = 16;
const frameVersion = 1;

/** What of a frame the index repeats. */
export interface FramePlace {
  offset: number;
  length: number;
  rawLength: number;
  crc: number;
}

/** Compresses in Node's thread pool. `content` must not change meanwhile. */
export async function encodeFrame(content: Uint8Array, salt: number): Promise<Uint8Array> {
  const compressed = await compress(content);
  const frame = new Uint8Array(frameHeaderBytes + compressed.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint32(0, frame.byteLength, true);
  frame[8] = frameVersion;
  view.setUint32(12, content.byteLength, true);
  frame.set(compressed, frameHeaderBytes);
  view.setUint32(4, checksum(frame, salt), true);
  return frame;
}

function checksum(frame: Uint8Array, salt: number): number {
  return crc32(frame.subarray(8), (frame.byteLength ^ salt) >>> 0);
}

/** The checksum in a frame's header, for the index. */
export function frameCrc(frame: Uint8Array): number {
  return viewOf(frame).getUint32(4, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @returns how long the frame that begins here says it is; undefined if it cannot be one */
export function frameLength(header: Uint8Array): number | undefined {
  if (header.byteLength < frameHeaderBytes) return undefined;
  const length = viewOf(header).getUint32(0, true);
  return length > frameHeaderBytes ? length : undefined;
}

/** Is this one whole frame with the right checksum? */
export function isIntactFrame(frame: Uint8Array, salt: number): boolean {
  return (
    frameLength(frame) === frame.byteLength &&
    frame[8] === frameVersion &&
    frameCrc(frame) === checksum(frame, salt)
  );
}

/** @returns the content; undefined if the frame is damaged */
export async function decodeFrame(frame: Uint8Array, salt: number): Promise<Uint8Array | undefined> {
  if (!isIntactFrame(frame, salt)) return undefined;
  const rawLength = viewOf(frame).getUint32(12, true);
  try {
    const content = await decompress(frame.subarray(frameHeaderBytes), rawLength);
    // Not a `Buffer`: what is cut out of it gets to callers, who know plain bytes.
    const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
    return bytes.byteLength === rawLength ? bytes : undefined;
  } catch {
    return undefined;
  }
}
