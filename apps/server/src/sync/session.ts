import {
  CloseCode,
  type DocumentEvent,
  encodeDurable,
  encodeEvent,
  encodeStep1,
  ProtocolError,
  readClientMessage,
} from "@scriptorium/protocol";
import type { RawData, WebSocket } from "ws";
import type { Logger } from "../observability/logger";
import type { Metrics } from "../observability/metrics";
import { LogUnavailableError } from "../storage/document-log";
import { HeldUpdates } from "./held-updates";
import type { Member } from "./member";
import type { Room } from "./room";
import { readUpdateFacts, type UpdateFacts } from "./update-facts";

export interface SessionOptions {
  readonly socket: WebSocket;
  readonly room: Room;
  /** The actor's ID as bytes: stamped on every record. */
  readonly author: Uint8Array;
  /** Whether the client understands messages 100 and 101. */
  readonly extended: boolean;
  /** A client that does not read is closed when so many bytes wait for it. */
  readonly sendBufferBytesMax: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

const frameHeaderBytesMax = 14;

/** One client in a room: reads its messages, and writes to its socket. */
export class Session implements Member {
  readonly #options: SessionOptions;
  readonly #socket: WebSocket;
  readonly #room: Room;
  readonly #held = new HeldUpdates();
  /** Messages with updates that were received on this connection. */
  #received = 0;
  #acknowledged = 0;
  #synced = false;
  /** A step 1 went out that the client has not answered. */
  #awaitsStep2 = false;
  #closing = false;
  #sentSinceKeepAlive = false;
  /** Answers to step 1 that may still wait to be read: they are the document's size, not the client's slowness. */
  #answerBytes = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#socket = options.socket;
    this.#room = options.room;
  }

  /** Joins the room and begins to read. */
  start(): void {
    this.#socket.on("message", (data, isBinary) => this.#onMessage(data, isBinary));
    this.#room.join(this);
    this.#sendStep1();
  }

  /** Leaves the room; the socket is gone. */
  end(): void {
    this.#closing = true;
    this.#room.leave(this);
  }

  get receivesUpdates(): boolean {
    return this.#synced;
  }

  get acknowledgeable(): number {
    return this.#held.firstMessage === undefined ? this.#received : this.#held.firstMessage - 1;
  }

  send(frame: Uint8Array): void {
    if (this.#closing) return;
    this.#sentSinceKeepAlive = true;
    this.#socket.send(frame);
    const buffered = this.#socket.bufferedAmount;
    if (buffered === 0) this.#answerBytes = 0;
    if (buffered > this.#options.sendBufferBytesMax + this.#answerBytes) {
      this.close(CloseCode.overloaded, "the connection does not keep up");
    }
  }

  sendEvent(event: DocumentEvent): void {
    if (this.#options.extended) this.send(encodeEvent(event));
  }

  acknowledge(messages: number, revision: bigint): void {
    if (messages <= this.#acknowledged) return;
    this.#acknowledged = messages;
    if (this.#options.extended) this.send(encodeDurable(messages, revision));
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#options.metrics.connectionsClosed.inc({ code: String(code) });
    this.#socket.close(code, reason);
  }

  /** Stock clients take 30 s without a message for a dead connection: sends `frame` if nothing else was sent lately. */
  keepAlive(frame: Uint8Array): void {
    if (!this.#sentSinceKeepAlive) this.send(frame);
    this.#sentSinceKeepAlive = false;
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    if (this.#closing) return;
    try {
      this.#receive(data, isBinary);
    } catch (error) {
      this.#refuse(error);
    }
  }

  #receive(data: RawData, isBinary: boolean): void {
    const { metrics } = this.#options;
    if (!isBinary || !Buffer.isBuffer(data))
      throw new ProtocolError("MALFORMED", "text frames are not accepted");
    metrics.messageBytes.inc(data.length);
    const message = readClientMessage(data);
    metrics.messages.inc({ type: message.type });
    switch (message.type) {
      case "update":
        this.#receiveUpdate(message.update);
        return;
      case "step2":
        this.#receiveStep2(message.update);
        return;
      case "step1":
        this.#answerStep1(message.stateVector);
        return;
      case "awareness":
        this.#room.receiveAwareness(this, message.update);
        return;
      case "queryAwareness":
        this.#room.sendAwareness(this);
        return;
    }
  }

  #receiveUpdate(update: Uint8Array): void {
    const facts = readUpdateFacts(update);
    const message = ++this.#received;
    if (this.#room.content.judge(facts) === "gap") this.#hold(message, update, facts);
    else this.#takeIfNew(update, facts);
    this.#room.acknowledgeWhenDurable(this);
  }

  /** What the client has and the server had not: fills the gaps of updates that came before it. */
  #receiveStep2(update: Uint8Array): void {
    const facts = readUpdateFacts(update);
    this.#received++;
    this.#awaitsStep2 = false;
    this.#takeWithoutGap(update, facts);
    for (const held of this.#held.takeAll()) this.#takeWithoutGap(held.update, held.facts);
    this.#room.acknowledgeWhenDurable(this);
  }

  /** A client that has handed over all it has can fill no gap any more. */
  #takeWithoutGap(update: Uint8Array, facts: UpdateFacts): void {
    if (this.#room.content.judge(facts) === "gap") {
      throw new ProtocolError("MALFORMED", "an update follows on edits that were never sent");
    }
    this.#takeIfNew(update, facts);
  }

  #takeIfNew(update: Uint8Array, facts: UpdateFacts): void {
    if (this.#room.content.judge(facts) === "known") this.#options.metrics.updatesKnown.inc();
    else this.#room.take(this, this.#options.author, update, facts);
  }

  /** A client that comes back may type before it has handed over what it typed offline. */
  #hold(message: number, update: Uint8Array, facts: UpdateFacts): void {
    this.#options.metrics.updatesHeld.inc();
    this.#held.add({ message, update: update.slice(), facts });
    if (!this.#awaitsStep2) this.#sendStep1();
  }

  #sendStep1(): void {
    this.#awaitsStep2 = true;
    this.send(encodeStep1(this.#room.content.encodeStateVector()));
  }

  #answerStep1(stateVector: Uint8Array): void {
    if (this.#answerBytes > 0 && this.#socket.bufferedAmount > this.#options.sendBufferBytesMax) {
      throw new ProtocolError("MALFORMED", "a step 1 before the answer to the last was read");
    }
    const frames = this.#room.content.answerStep1(stateVector);
    for (const frame of frames) this.#answerBytes += frame.length + frameHeaderBytesMax;
    for (const frame of frames) this.send(frame);
    this.#synced = true;
  }

  #refuse(error: unknown): void {
    const { metrics, logger } = this.#options;
    if (error instanceof ProtocolError) {
      metrics.messagesRejected.inc({ reason: error.code.toLowerCase() });
      logger.info({ reason: error.message, document: this.#room.documentId }, "message refused");
      this.close(error.closeCode, error.message);
    } else if (error instanceof LogUnavailableError) {
      metrics.messagesRejected.inc({ reason: "log_unavailable" });
      this.close(CloseCode.overloaded, "the server cannot write to its disk");
    } else {
      metrics.messagesRejected.inc({ reason: "internal" });
      logger.error({ err: error, document: this.#room.documentId }, "message failed");
      this.close(1011, "internal error");
    }
  }
}
