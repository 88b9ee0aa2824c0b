import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

/*
 * Stands in for `src/compress.ts`, which uses Node's thread pool: an answer from there comes when the machine
 * has time for it, and not when the seed says so. Same format, other timing.
 */

const immediately = setImmediate;

export async function compress(content: Uint8Array): Promise<Uint8Array> {
  const compressed = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  await nextTurn();
  return compressed;
}

export async function decompress(compressed: Uint8Array, bytesMax: number): Promise<Uint8Array> {
  const content = brotliDecompressSync(compressed, { maxOutputLength: Math.max(bytesMax, 1) });
  await nextTurn();
  return content;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => immediately(resolve));
}
