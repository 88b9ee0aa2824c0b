import type { Duplex } from "node:stream";

/** Large frames go out in pieces of this size, so that it shows whether a slow reader reads at all. */
const pieceBytes = 64 * 1024;

/**
 * Writes whole WebSocket frames to a socket, beside the control frames that ws writes to it. Frames may be shared
 * between connections: nobody changes them.
 */
export class Outbox {
  readonly #socket: Duplex;
  #writtenBytes = 0;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /** Bytes that have not left this process. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  /** Bytes that have left this process since the start. */
  get sentBytes(): number {
    return this.#writtenBytes - this.#socket.writableLength;
  }

  /** Writes frames that belong together with as few system calls as it takes. */
  write(frames: readonly Uint8Array[]): void {
    const [first] = frames;
    if (frames.length === 1 && first !== undefined) {
      this.writeOne(first);
      return;
    }
    this.#socket.cork();
    for (const frame of frames) this.writeOne(frame);
    this.#socket.uncork();
  }

  /** Writes one frame; nothing is allocated for it. */
  writeOne(frame: Uint8Array): void {
    this.#writtenBytes += frame.length;
    if (frame.length <= pieceBytes) {
      this.#socket.write(frame);
      return;
    }
    for (let from = 0; from < frame.length; from += pieceBytes) {
      this.#socket.write(frame.subarray(from, from + pieceBytes));
    }
  }

  /** Resolves when the socket takes more without piling it up, or is closed. */
  drained(): Promise<void> {
    const socket = this.#socket;
    if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        socket.off("drain", done);
        socket.off("close", done);
        resolve();
      };
      socket.on("drain", done);
      socket.on("close", done);
    });
  }
}
