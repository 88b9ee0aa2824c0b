import type { Socket } from "node:net";
import type { Pulse } from "./pulse";

/** Node shows only inside how much of a write is done, and its own `setTimeout` relies on it. */
type GaugedSocket = Socket & {
  readonly _handle?: { readonly bytesWritten: number; readonly writeQueueSize: number } | null;
};

/**
 * Writes whole WebSocket frames to a socket, beside the control frames that ws writes to it. Frames may be shared
 * between connections: nobody changes them.
 */
export class Outbox {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Bytes that have not left this process. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  get pulse(): Pulse {
    const socket: GaugedSocket = this.#socket;
    // What was handed to the system in one piece counts in `writableLength` until the last byte of it has left. A
    // client that needs a minute for it must not pass for one that does not read at all.
    const { bytesWritten = 0, writeQueueSize = 0 } = socket._handle ?? {};
    return {
      receivedBytes: socket.bytesRead,
      sentBytes: bytesWritten - writeQueueSize,
      waitingBytes: socket.writableLength,
    };
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
    this.#socket.write(frame);
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
