import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import {
  type AwarenessEntry,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  MessageType,
  readAwarenessUpdate,
  SyncType,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import * as decoding from "lib0/decoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import type { Closed } from "./raw-client";

export interface WireClientOptions {
  /** Query parameters. Default: `v=1`. */
  readonly query?: Record<string, string>;
  /** The replica. Default: an empty one. */
  readonly doc?: Y.Doc;
  /** Whether to offer permessage-deflate. Default: false. */
  readonly offersCompression?: boolean;
  readonly headers?: Record<string, string>;
}

/** The answer to a message that was waited for. */
type Check = () => boolean;

/** A replica on one connection that shows what goes over the wire: it reads only when told to, and never comes back. */
export class WireClient {
  readonly doc: Y.Doc;
  readonly closed: Promise<Closed>;
  /** The newest message 101 "joined". */
  joined: { epoch: string; resumed: boolean } | undefined;
  /** How many messages of this client are on disk, and the newest revision that it was told. */
  durable = { messages: 0, revision: 0n };
  /** Sync steps 2 that have arrived. */
  steps2 = 0;
  /** What each awareness message brought, oldest first. */
  readonly awareness: AwarenessEntry[][] = [];
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #listeners = new Set<() => void>();
  /** Messages with updates that were sent. */
  #sent = 0;
  #isClosed = false;

  constructor(socketUrl: string, documentId: string, options: WireClientOptions = {}) {
    const { port } = new URL(socketUrl);
    this.doc = options.doc ?? new Y.Doc();
    this.#socket = connectTcp(Number(port), "127.0.0.1");
    this.#webSocket = new WebSocket(
      `${socketUrl}/${documentId}?${new URLSearchParams(options.query ?? { v: "1" })}`,
      {
        createConnection: () => this.#socket,
        perMessageDeflate: options.offersCompression ?? false,
        headers: options.headers ?? {},
      },
    );
    this.#webSocket.on("error", () => {});
    this.closed = new Promise((resolve) => {
      this.#webSocket.once("close", (code, reason) => {
        this.#isClosed = true;
        resolve({ code, reason: reason.toString() });
        this.#changed();
      });
    });
    this.#webSocket.on("message", (data: Buffer) => {
      this.#receive(data);
      this.#changed();
    });
  }

  /** A client that has everything, and whose own edits the server has. */
  static async join(
    socketUrl: string,
    documentId: string,
    options: WireClientOptions = {},
  ): Promise<WireClient> {
    const client = new WireClient(socketUrl, documentId, options);
    await client.synchronize();
    return client;
  }

  /** All bytes that have arrived, the HTTP answer included. */
  get receivedBytes(): number {
    return this.#socket.bytesRead;
  }

  /** The extensions that both ends agreed on. */
  get extensions(): string {
    return this.#webSocket.extensions;
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === WebSocket.OPEN;
  }

  /** Asks for everything, and resolves when it has arrived. */
  async synchronize(): Promise<void> {
    if (!this.isOpen) await once(this.#webSocket, "open");
    const { steps2 } = this;
    this.#webSocket.send(encodeStep1(Y.encodeStateVector(this.doc)));
    await this.until(() => this.steps2 > steps2);
  }

  /** Performs an edit and sends it. */
  edit(change: (text: Y.Text) => void): void {
    const before = Y.encodeStateVector(this.doc);
    let update: Uint8Array = Y.encodeStateAsUpdate(this.doc, before);
    const keep = (bytes: Uint8Array) => {
      update = bytes;
    };
    this.doc.on("update", keep);
    this.doc.transact(() => change(this.doc.getText("content")));
    this.doc.off("update", keep);
    this.send(encodeUpdate(update));
  }

  /** Hands over all that the replica has. */
  handOver(): void {
    this.send(encodeStep2(Y.encodeStateAsUpdate(this.doc)));
  }

  /** Sends a message that carries an update. */
  send(message: Uint8Array): void {
    this.#sent++;
    this.#webSocket.send(message);
  }

  speakFor(client: number, clock: number, state: unknown): void {
    const entry = { client, clock, state: JSON.stringify(state) };
    this.#webSocket.send(encodeAwareness(writeAwarenessUpdate([entry])));
  }

  /** Resolves when the server has acknowledged all that was sent. */
  saved(): Promise<void> {
    return this.until(() => this.durable.messages === this.#sent);
  }

  /** Resolves when the server has looked at all that was sent. */
  async settled(): Promise<void> {
    const pong = once(this.#webSocket, "pong");
    this.#webSocket.ping();
    await pong;
  }

  /** Resolves when `check` holds; it is asked again after each message. @throws if the connection ends first */
  async until(check: Check): Promise<void> {
    while (!check()) {
      if (this.#isClosed) throw new Error(`the connection ended: ${JSON.stringify(await this.closed)}`);
      await new Promise<void>((resolve) => this.#listeners.add(resolve));
    }
  }

  /** Stops to read; the system goes on taking what it has room for. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends the connection without a word. */
  vanish(): void {
    this.#webSocket.terminate();
  }

  #changed(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  #receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    switch (decoding.readVarUint(decoder)) {
      case MessageType.sync: {
        const type = decoding.readVarUint(decoder);
        if (type === SyncType.step1) return;
        Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder));
        if (type === SyncType.step2) this.steps2++;
        return;
      }
      case MessageType.awareness:
        this.awareness.push(readAwarenessUpdate(decoding.readVarUint8Array(decoder)));
        return;
      case MessageType.durable:
        this.durable = {
          messages: Math.max(this.durable.messages, decoding.readVarUint(decoder)),
          revision: decoding.readBigUint64(decoder),
        };
        return;
      case MessageType.event: {
        const event: { type: string; epoch: string; resumed: boolean } = JSON.parse(
          decoding.readVarString(decoder),
        );
        if (event.type === "joined") this.joined = event;
      }
    }
  }
}
