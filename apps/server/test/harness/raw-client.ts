import { type Durable, MessageType, readDurable, SyncType } from "@scriptorium/protocol";
import * as decoding from "lib0/decoding";
import { WebSocket } from "ws";

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket client without manners: it sends what it is told to, and answers nothing by itself. */
export class RawClient {
  /** Resolves when the connection has ended. */
  readonly closed: Promise<Closed>;
  readonly #socket: WebSocket;
  readonly #opened: Promise<void>;
  #unread: Uint8Array[] = [];
  #wake = () => {};

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#socket = new WebSocket(url, { headers });
    // A broken connection is an ending like any other.
    this.#socket.on("error", () => {});
    this.#opened = new Promise((resolve) => this.#socket.once("open", resolve));
    this.closed = new Promise((resolve) => {
      this.#socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.#socket.on("message", (data: Buffer) => {
      this.#unread.push(data);
      this.#wake();
    });
  }

  /** A client that is connected and understands message 100. */
  static async open(socketUrl: string, documentId: string): Promise<RawClient> {
    const client = new RawClient(`${socketUrl}/${documentId}?v=1`);
    await client.#opened;
    return client;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Sends one frame; a string goes out as a text frame. */
  send(frame: Uint8Array | string): void {
    this.#socket.send(frame);
  }

  /** Resolves when the server has looked at all that was sent, or has hung up. */
  async settled(): Promise<void> {
    const pong = new Promise((resolve) => this.#socket.once("pong", resolve));
    if (this.isOpen) this.#socket.ping();
    await Promise.race([pong, this.closed]);
  }

  /** Skips to the first message for which `read` has an answer. */
  async next<Answer>(read: (frame: Uint8Array) => Answer | undefined): Promise<Answer> {
    for (;;) {
      for (let frame = this.#unread.shift(); frame !== undefined; frame = this.#unread.shift()) {
        const answer = read(frame);
        if (answer !== undefined) return answer;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): Promise<Closed> {
    this.#socket.close();
    return this.closed;
  }
}

/** The server's state vector in a step 1; undefined for any other message. */
export function step1Of(frame: Uint8Array): Uint8Array | undefined {
  return syncOf(frame, SyncType.step1);
}

/** The update in a step 2; undefined for any other message. */
export function step2Of(frame: Uint8Array): Uint8Array | undefined {
  return syncOf(frame, SyncType.step2);
}

/** The update in an update message; undefined for any other message. */
export function updateOf(frame: Uint8Array): Uint8Array | undefined {
  return syncOf(frame, SyncType.update);
}

/** What a message 100 says; undefined for any other message. */
export function durableOf(frame: Uint8Array): Durable | undefined {
  const decoder = decoding.createDecoder(frame);
  return decoding.readVarUint(decoder) === MessageType.durable ? readDurable(decoder) : undefined;
}

function syncOf(frame: Uint8Array, type: number): Uint8Array | undefined {
  const decoder = decoding.createDecoder(frame);
  if (decoding.readVarUint(decoder) !== MessageType.sync || decoding.readVarUint(decoder) !== type) {
    return undefined;
  }
  return decoding.readVarUint8Array(decoder);
}
