import { once } from "node:events";
import type { Writable } from "node:stream";

/**
 * A function that writes to `stream` and resolves when there is room for more, so that a long output is not piled
 * up in memory. Calls `onReaderGone` once whoever read has gone.
 */
export function createPrinter(
  stream: Writable,
  onReaderGone: () => void,
): (text: string | Uint8Array) => Promise<void> {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    onReaderGone();
  });
  return async (text) => {
    if (!stream.write(text)) await once(stream, "drain");
  };
}
