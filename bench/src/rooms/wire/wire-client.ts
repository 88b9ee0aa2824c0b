import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { emptyUpdate, encodeStep1, encodeStep2 } from "@scriptorium/protocol";
import { encodeClientFrame, Opcode } from "./client-frame";
import type { Dialect } from "./dialect";
import { FrameReader } from "./frame-reader";
import type { Listener } from "./listener";
import { type MessageVisitor, readServerMessages } from "./server-messages";

export interface WireClientOptions {
  readonly url: URL;
  readonly document: string;
  readonly dialect: Dialect;
  readonly listener?: Listener;
  /** What the client holds already: encoded. Default: nothing. */
  readonly stateVector?: Uint8Array;
}

const nothing = Uint8Array.of(0);
/** Where every socket reads into: what was read is done with before the next one reads. */
const received = Buffer.alloc(64 * 1024);
const httpEnd = Buffer.from("\r\n\r\n");

/**
 * A client as lean as can be, so that the load process has time for the servers' frames: it shakes hands as a stock
 * client does, hands over nothing, and tells its listener what arrives. It answers pings.
 */
export class WireClient implements MessageVisitor {
  /** Resolves when the server has answered step 1, or at once where none does. Rejects if the connection ends before. */
  readonly ready: Promise<void>;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #options: WireClientOptions;
  readonly #prefix: Uint8Array;
  readonly #frames = new FrameReader((opcode, payload) => this.#onFrame(opcode, payload));
  #head: Buffer | undefined = Buffer.alloc(0);
  #headBytes = 0;
  #resolveReady = () => {};
  #rejectReady = (_error: Error) => {};
  #arrivedAtMs = 0;
  #acknowledged = 0;
  /** Messages with updates that this client sent: what acknowledgements count. */
  messagesSent = 0;
  /** Binary frames that arrived. */
  framesReceived = 0;
  /** The newest durable revision of which a server of ours told. */
  revision: bigint | undefined;
  /** The document's epoch, if the server tells. */
  epoch: string | undefined;
  /** What the server holds, as its step 1 told. */
  serverStateVector: Uint8Array | undefined;

  constructor(options: WireClientOptions) {
    this.#options = options;
    this.#prefix = options.dialect.prefix(options.document);
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Who waits for it hears of it; who does not, does not care.
    this.ready.catch(() => {});
    const { hostname, port } = options.url;
    this.#socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: { buffer: received, callback: (length) => this.#onData(received.subarray(0, length)) },
    });
    this.closed = new Promise((resolve) => {
      this.#socket.once("close", () => {
        this.#rejectReady(new Error(`${options.url}: the connection ended`));
        resolve();
      });
    });
    this.#socket.on("error", (error) => this.#rejectReady(error));
    this.#socket.write(handshake(options.url));
  }

  /** A client that is {@link ready}. */
  static async open(options: WireClientOptions): Promise<WireClient> {
    const client = new WireClient(options);
    await client.ready;
    return client;
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Bytes of WebSocket frames, both ways: without the HTTP handshake. */
  get bytes(): { readonly received: number; readonly sent: number } {
    return {
      received: this.#socket.bytesRead - this.#headBytes,
      sent: this.#socket.bytesWritten - handshake(this.#options.url).length,
    };
  }

  /** Sends prepared frames that carry `updates` messages with updates. */
  sendFrames(frames: Buffer, updates: number): void {
    this.messagesSent += updates;
    this.#socket.write(frames);
  }

  /** Sends one message that carries no update. */
  send(message: Uint8Array): void {
    this.#socket.write(this.frame(message));
  }

  /** The message as the frame in which this client sends it. */
  frame(message: Uint8Array): Buffer {
    return encodeClientFrame(this.#prefix.length === 0 ? message : Buffer.concat([this.#prefix, message]));
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return this.closed;
  }

  step1(stateVector: Uint8Array): void {
    this.serverStateVector = stateVector.slice();
    this.sendFrames(this.frame(encodeStep2(emptyUpdate)), 1);
  }

  step2(update: Uint8Array): void {
    this.update(update);
    this.#resolveReady();
  }

  update(update: Uint8Array): void {
    this.#options.listener?.update?.(update, this.#arrivedAtMs);
  }

  awareness(update: Uint8Array): void {
    this.#options.listener?.awareness?.(update, this.#arrivedAtMs);
  }

  durable(messages: number, revision: bigint): void {
    this.revision = revision;
    // 0 says that all that was sent is on disk, rather than how many messages are.
    if (messages > 0) this.#options.listener?.acknowledged?.(messages, this.#arrivedAtMs);
  }

  event(json: string): void {
    const event: { type?: unknown; epoch?: unknown } = JSON.parse(json);
    if (event.type === "joined" && typeof event.epoch === "string") this.epoch = event.epoch;
  }

  syncStatus(saved: boolean): void {
    if (saved) this.#options.listener?.acknowledged?.(++this.#acknowledged, this.#arrivedAtMs);
  }

  /** Returns that it wants to read on. */
  #onData(chunk: Buffer): true {
    this.#arrivedAtMs = performance.now();
    if (this.#head === undefined) this.#frames.push(chunk);
    else this.#onHead(this.#head, chunk);
    return true;
  }

  #onHead(before: Buffer, chunk: Buffer): void {
    const head = Buffer.concat([before, chunk]);
    const end = head.indexOf(httpEnd);
    if (end === -1) {
      this.#head = head;
      return;
    }
    this.#head = undefined;
    this.#headBytes = end + httpEnd.length;
    this.#onUpgrade(head.subarray(0, end).toString());
    if (head.length > this.#headBytes) this.#frames.push(head.subarray(this.#headBytes));
  }

  #onUpgrade(head: string): void {
    if (!head.startsWith("HTTP/1.1 101")) {
      this.#rejectReady(new Error(`${this.#options.url}: ${head.split("\r\n", 1)[0]}`));
      this.#socket.destroy();
      return;
    }
    const { dialect, stateVector } = this.#options;
    if (dialect.greeting !== undefined) this.send(dialect.greeting);
    if (dialect.answersStep1) this.send(encodeStep1(stateVector ?? nothing));
    else this.#resolveReady();
  }

  #onFrame(opcode: number, payload: Uint8Array): void {
    if (opcode === Opcode.binary) {
      this.framesReceived++;
      readServerMessages(payload, this.#prefix.length, this);
    } else if (opcode === Opcode.ping) {
      this.#socket.write(encodeClientFrame(payload, Opcode.pong));
    } else if (opcode === Opcode.close) {
      const code = payload.length >= 2 ? Buffer.from(payload).readUInt16BE(0) : "without a code";
      this.#rejectReady(new Error(`${this.#options.url}: closed ${code}`));
      this.#socket.destroy();
    }
  }
}

const key = randomBytes(16).toString("base64");

function handshake({ host, pathname, search }: URL): string {
  return [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    `Sec-WebSocket-Key: ${key}`,
    "Sec-WebSocket-Version: 13",
    "\r\n",
  ].join("\r\n");
}
