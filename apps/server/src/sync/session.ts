import { ulidFromBytes } from "@scriptorium/ids";
import {
  CloseCode,
  type DocumentEvent,
  emptyUpdate,
  encodeEvent,
  encodeStep1,
  encodeStep2,
  ProtocolError,
  readClientMessage,
} from "@scriptorium/protocol";
import type { RawData, WebSocket } from "ws";
import type { Logger } from "../observability/logger";
import type { Metrics } from "../observability/metrics";
import type { EditTrace, EditTracer } from "../observability/telemetry/edit-trace";
import { LogUnavailableError } from "../storage/document-log";
import { encodeDurableFrame, encodeFrame, encodeUpdateFrame } from "./frame";
import { HeldUpdates } from "./held-updates";
import type { Member } from "./member";
import type { Outbox } from "./outbox";
import type { Person } from "./person";
import type { Pulse } from "./pulse";
import type { Resumption } from "./resumption";
import type { Room } from "./room";
import { countSent, countSentFrame } from "./sent-messages";
import { Signature } from "./signature";
import { TokenBucket } from "./token-bucket";
import { readUpdateFacts, type UpdateFacts } from "./update-facts";

/** What one connection may ask of the server. */
export interface SessionLimits {
  /** Edits wait in the log, and not in memory, for a client that leaves more than this unread. */
  readonly sendBufferBytes: number;
  /** Messages that a client may send per second in the long run; for a while it may send thirty times as many. */
  readonly messagesPerSecond: number;
  /** The same for bytes. */
  readonly bytesPerSecond: number;
  /** A document of this size takes no insertions. */
  readonly documentBytesMax: number;
}

/** What all sessions share. */
export interface SessionContext {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly limits: SessionLimits;
  /** Undefined where no edits are followed. */
  readonly tracer?: EditTracer | undefined;
  /** An ID for a new author, as bytes. */
  readonly mintAuthor: () => Uint8Array;
}

export interface SessionOptions {
  readonly socket: WebSocket;
  readonly outbox: Outbox;
  readonly room: Room;
  /** Whether the client understands messages 100 and 101, and several messages in one frame. */
  readonly extended: boolean;
  /** What the client lacks, if it has named what it has seen. */
  readonly resumption: Resumption | undefined;
  /** The W3C trace context that the client or a proxy has named when it connected. */
  readonly traceParent?: string | undefined;
}

const burstSeconds = 30;
/** What is read from the log at a time for a client that is behind. */
const catchUpBytes = 256 * 1024;

/** One client in a room: reads its messages, and writes to its socket. */
export class Session implements Member {
  readonly room: Room;
  readonly #context: SessionContext;
  readonly #socket: WebSocket;
  readonly #outbox: Outbox;
  readonly #extended: boolean;
  readonly #traceParent: string | undefined;
  /** Until the first step 1 is answered: it may hold many records, and the connection may stay for days. */
  #resumption: Resumption | undefined;
  #messages: TokenBucket | undefined;
  #bytes: TokenBucket | undefined;
  #author: Uint8Array | undefined;
  #signature: Signature | undefined;
  #hasEdited = false;
  #held: HeldUpdates | undefined;
  /** Messages with updates that were received on this connection. */
  #received = 0;
  #acknowledged = 0;
  #noted = 0n;
  /** How edits of others reach the client. */
  #feed: "none" | "live" | "behind" = "none";
  /** Position and revision through which the client was sent everything, while it is behind. */
  #sent = { position: 0, revision: 0n };
  /** A step 1 went out that the client has not answered. */
  #awaitsStep2 = false;
  #closing = false;
  #sentSinceKeepAlive = false;
  /** The answer to a step 1 that may still wait to be read: it is the document's size, not the client's slowness. */
  #answerBytes = 0;
  /** Of this connection, since {@link takeEdits} was last called. */
  #edits = 0;

  constructor(options: SessionOptions, context: SessionContext) {
    this.#context = context;
    this.#socket = options.socket;
    this.#outbox = options.outbox;
    this.room = options.room;
    this.#extended = options.extended;
    this.#traceParent = options.traceParent;
    this.#resumption = options.resumption;
  }

  /** Joins the room and opens the conversation. */
  start(): void {
    const room = this.room;
    room.join(this);
    const frames: Uint8Array[] = [];
    if (this.#extended) {
      const joined = { type: "joined", epoch: room.epoch, resumed: this.#resumption !== undefined } as const;
      frames.push(encodeFrame(encodeEvent(joined)));
      if (room.readOnlyBecause !== undefined) frames.push(encodeFrame(encodeEvent(readOnly(room))));
    }
    frames.push(encodeFrame(encodeStep1(room.content.encodeStateVector())));
    this.#awaitsStep2 = true;
    const awareness = room.encodeAwareness();
    if (awareness !== undefined) frames.push(awareness);
    this.#write(frames);
  }

  /** Leaves the room; the socket is gone. */
  end(): void {
    this.#closing = true;
    // There will be no better moment.
    if (this.#signature !== undefined && this.#hasEdited)
      this.#sign(this.#signature, Number.POSITIVE_INFINITY);
    this.room.leave(this);
  }

  /** A ULID: in the log of events, and the author of what this connection edits. */
  get connectionId(): string {
    return ulidFromBytes(this.#authorId());
  }

  get pulse(): Pulse {
    return this.#outbox.pulse;
  }

  /** Bytes that wait in memory for the client to read them. */
  get waitingBytes(): number {
    return this.#outbox.waitingBytes;
  }

  /** Who edits here: the person that the client says it is, else the connection. Names nobody elsewhere. */
  get editor(): string {
    return this.#signature?.person ?? this.connectionId;
  }

  /** How many edits came from here since the last call. */
  takeEdits(): number {
    const edits = this.#edits;
    this.#edits = 0;
    return edits;
  }

  get acknowledgeable(): number {
    return this.#held?.firstMessage === undefined ? this.#received : this.#held.firstMessage - 1;
  }

  /** Takes a message of the socket. */
  receive(data: RawData, isBinary: boolean): void {
    if (this.#closing) return;
    try {
      this.#receive(data, isBinary);
    } catch (error) {
      this.#refuse(error);
    }
  }

  sendUpdates(frames: readonly Uint8Array[], position: number): void {
    if (this.#feed !== "live" || this.#closing) return;
    if (!this.#keepsUp) {
      this.#fallBehind();
      return;
    }
    this.#sent.position = position;
    this.#write(frames);
  }

  sendAwareness(frame: Uint8Array): void {
    if (this.#feed === "behind" || this.#closing) return;
    if (this.#keepsUp) this.#writeOne(frame);
    else if (this.#feed === "live") this.#fallBehind();
  }

  sendEvent(event: DocumentEvent): void {
    if (this.#extended) this.#writeOne(encodeFrame(encodeEvent(event)));
  }

  acknowledge(messages: number, revision: bigint): void {
    if (messages <= this.#acknowledged) return;
    this.#acknowledged = messages;
    if (!this.#extended) return;
    // A revision means that the client was sent all up to it.
    const known = this.#feed === "live" ? revision : this.#sent.revision;
    this.#writeOne(encodeDurableFrame(messages, known));
  }

  noteDurable(frame: Uint8Array): void {
    const isComplete = this.#feed === "live" && this.#acknowledged === this.#received;
    if (!this.#extended || !isComplete || this.#noted === this.room.revision) return;
    this.#noted = this.room.revision;
    this.#writeOne(frame);
  }

  identify(person: Person): void {
    this.#signature ??= new Signature();
    this.#signature.identify(person);
    if (this.#hasEdited) this.#sign(this.#signature, performance.now());
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#context.metrics.connectionsClosed.inc({ code: String(code) });
    this.#socket.close(code, reason);
  }

  /** Stock clients take 30 s without a message for a dead connection: sends `frame` if nothing else was sent lately. */
  keepAlive(frame: Uint8Array): void {
    if (!this.#sentSinceKeepAlive) this.#writeOne(frame);
    this.#sentSinceKeepAlive = false;
  }

  #receive(data: RawData, isBinary: boolean): void {
    const { traffic } = this.#context.metrics;
    if (!isBinary || !Buffer.isBuffer(data))
      throw new ProtocolError("MALFORMED", "text frames are not accepted");
    this.#throttle(data.length);
    const message = readClientMessage(data);
    traffic.received(message.type, data.length);
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
        this.room.receiveAwareness(this, message.update);
        return;
      case "queryAwareness": {
        const frame = this.room.encodeAwareness();
        if (frame !== undefined) this.sendAwareness(frame);
        return;
      }
    }
  }

  /** A client that sends too fast is not read for a while: it loses nothing, and others do not suffer. */
  #throttle(bytes: number): void {
    const { messagesPerSecond, bytesPerSecond } = this.#context.limits;
    const now = () => performance.now();
    this.#messages ??= new TokenBucket(messagesPerSecond, burstSeconds * messagesPerSecond, now());
    this.#bytes ??= new TokenBucket(bytesPerSecond, burstSeconds * bytesPerSecond, now());
    const pauseMs = Math.max(this.#messages.spend(1, now), this.#bytes.spend(bytes, now));
    if (pauseMs === 0 || this.#socket.isPaused) return;
    this.#context.metrics.connectionsThrottled.inc();
    this.#socket.pause();
    this.#resumeIn(pauseMs);
  }

  /** What was received already, in one piece with the rest, adds to the debt while the socket pauses. */
  #resumeIn(pauseMs: number): void {
    const now = () => performance.now();
    setTimeout(() => {
      const debtMs = Math.max(this.#messages?.spend(0, now) ?? 0, this.#bytes?.spend(0, now) ?? 0);
      if (debtMs > 0) this.#resumeIn(debtMs);
      else this.#socket.resume();
    }, pauseMs).unref();
  }

  #receiveUpdate(update: Uint8Array): void {
    const trace = this.#beginTrace(update);
    const facts = readUpdateFacts(update);
    const message = ++this.#received;
    const judgement = this.room.content.judge(facts);
    if (judgement === "gap") this.#hold(message, update, facts);
    else this.#takeIfNew(update, facts, judgement, trace);
    this.room.acknowledgeWhenDurable(this);
  }

  /** What the client has and the server had not: fills the gaps of updates that came before it. */
  #receiveStep2(update: Uint8Array): void {
    const facts = readUpdateFacts(update);
    this.#received++;
    this.#awaitsStep2 = false;
    this.#takeWithoutGap(update, facts);
    for (const held of this.#held?.takeAll() ?? []) this.#takeWithoutGap(held.update, held.facts);
    this.room.acknowledgeWhenDurable(this);
  }

  /** A client that has handed over all it has can fill no gap any more. */
  #takeWithoutGap(update: Uint8Array, facts: UpdateFacts): void {
    const judgement = this.room.content.judge(facts);
    if (judgement === "gap") {
      throw new ProtocolError("MALFORMED", "an update follows on edits that were never sent");
    }
    this.#takeIfNew(update, facts, judgement);
  }

  /** Of the edits of a document that become durable together, at most one is followed. */
  #beginTrace(update: Uint8Array): EditTrace | undefined {
    const { tracer } = this.#context;
    if (tracer === undefined || this.room.isTraced) return undefined;
    return tracer.begin(this.room.documentId, this.#traceParent, update.length);
  }

  #takeIfNew(update: Uint8Array, facts: UpdateFacts, judgement: "new" | "known", trace?: EditTrace): void {
    const { metrics, limits } = this.#context;
    const room = this.room;
    if (judgement === "known") {
      metrics.updatesKnown.inc();
      return;
    }
    if (room.readOnlyBecause !== undefined) throw new ProtocolError("NOT_ALLOWED", room.readOnlyBecause);
    if (facts.structs.length > 0 && room.content.bytes > limits.documentBytesMax) {
      throw new ProtocolError("TOO_LARGE", `the document is full: it has ${room.content.bytes} bytes`);
    }
    const now = performance.now();
    this.#signature ??= new Signature();
    // Before the edit, so that whoever reads the log knows whose it is.
    this.#sign(this.#signature, now);
    room.take(this, this.#authorId(), update, facts, trace);
    if (!this.#hasEdited) metrics.documentsEdited.inc();
    this.#hasEdited = true;
    this.#edits++;
    room.activity.edited(this.#signature, now);
  }

  #sign(signature: Signature, nowMs: number): void {
    const person = signature.due(nowMs);
    if (person === undefined) return;
    try {
      this.room.sign(this.#authorId(), person);
    } catch (error) {
      // An edit would be refused for the same reason; this is said later.
      if (error instanceof LogUnavailableError) return;
      throw error;
    }
    signature.said(person, nowMs);
  }

  /** Most connections only read, and need none. */
  #authorId(): Uint8Array {
    this.#author ??= this.#context.mintAuthor();
    return this.#author;
  }

  /** A client that comes back may type before it has handed over what it typed offline. */
  #hold(message: number, update: Uint8Array, facts: UpdateFacts): void {
    this.#context.metrics.updatesHeld.inc();
    this.#held ??= new HeldUpdates();
    this.#held.add({ message, update: update.slice(), facts });
    if (this.#awaitsStep2) return;
    this.#awaitsStep2 = true;
    this.#writeOne(encodeFrame(encodeStep1(this.room.content.encodeStateVector())));
  }

  /** Sends what the client lacks: updates first, the step 2 last, so that "synced" means complete. */
  #answerStep1(stateVector: Uint8Array): void {
    const waiting = this.#outbox.waitingBytes;
    if (this.#answerBytes > 0 && waiting > this.#context.limits.sendBufferBytes) {
      throw new ProtocolError("MALFORMED", "a step 1 before the answer to the last was read");
    }
    const room = this.room;
    room.relay();
    const updates =
      this.#resumption?.missing(room.content, stateVector) ?? room.content.missingFrom(stateVector);
    this.#resumption = undefined;
    const frames = this.#framesOf(updates);
    this.#answerBytes = frames.reduce((bytes, { length }) => bytes + length, 0);
    this.#feed = "live";
    this.#sent.position = room.position;
    this.#write(frames);
  }

  #framesOf(updates: readonly Uint8Array[]): Uint8Array[] {
    const frames = updates.flatMap((update) => {
      const compressed = this.#compresses ? this.room.content.compressedFrameOf(update) : undefined;
      return compressed ?? encodeUpdateFrame(update);
    });
    frames.push(encodeFrame(encodeStep2(emptyUpdate)));
    const { isDurable, revision } = this.room;
    if (this.#extended && isDurable && revision > 0n && this.#acknowledged === this.#received) {
      this.#noted = revision;
      frames.push(encodeDurableFrame(0, revision));
    }
    return frames;
  }

  get #compresses(): boolean {
    return this.#socket.extensions !== "";
  }

  get #keepsUp(): boolean {
    const waiting = this.#outbox.waitingBytes;
    if (waiting === 0) this.#answerBytes = 0;
    return waiting <= this.#context.limits.sendBufferBytes + this.#answerBytes;
  }

  #fallBehind(): void {
    this.#context.metrics.connectionsBehind.inc();
    this.#feed = "behind";
    this.#sent.revision = this.room.revision;
    this.#catchUp().catch((error: unknown) => this.#refuse(error));
  }

  /** Waits until the client has read what it was sent, then sends what it missed, out of the log where need be. */
  async #catchUp(): Promise<void> {
    const room = this.room;
    for (;;) {
      await this.#outbox.drained();
      if (this.#closing) return;
      this.#answerBytes = 0;
      room.relay();
      const updates = room.content.updatesBehind(this.#sent.position);
      if (updates !== undefined) {
        const awareness = room.encodeAwareness({ departures: true });
        const frames = updates.flatMap(encodeUpdateFrame);
        this.#feed = "live";
        this.#sent.position = room.position;
        this.#write(awareness === undefined ? frames : [...frames, awareness]);
        return;
      }
      const read = await room.readBehind(this.#sent.position, catchUpBytes);
      this.#sent.position = read.position;
      this.#write(read.updates.flatMap(encodeUpdateFrame));
    }
  }

  /** Nothing may follow on a close frame, whichever side has sent it. */
  get #isOpen(): boolean {
    return !this.#closing && this.#socket.readyState === this.#socket.OPEN;
  }

  #write(frames: readonly Uint8Array[]): void {
    if (!this.#isOpen || frames.length === 0) return;
    this.#sentSinceKeepAlive = true;
    countSent(frames, this.#context.metrics.traffic);
    this.#outbox.write(frames);
  }

  #writeOne(frame: Uint8Array): void {
    if (!this.#isOpen) return;
    this.#sentSinceKeepAlive = true;
    countSentFrame(frame, this.#context.metrics.traffic);
    this.#outbox.writeOne(frame);
  }

  #refuse(error: unknown): void {
    const { metrics, logger } = this.#context;
    if (error instanceof ProtocolError) {
      metrics.messagesRejected.inc({ reason: error.code.toLowerCase() });
      logger.info({ reason: error.message, ...this.#names() }, "message refused");
      this.close(error.closeCode, error.message);
    } else if (error instanceof LogUnavailableError) {
      metrics.messagesRejected.inc({ reason: "log_unavailable" });
      this.close(CloseCode.overloaded, "the server cannot write to its disk");
    } else {
      metrics.messagesRejected.inc({ reason: "internal" });
      metrics.errors.inc({ kind: "message" });
      logger.error({ err: error, ...this.#names() }, "message failed");
      this.close(1011, "internal error");
    }
  }

  #names() {
    return { connection: this.connectionId, document: this.room.documentId };
  }
}

function readOnly(room: Room): DocumentEvent {
  return { type: "permission", access: "read", reason: room.readOnlyBecause, code: "DAMAGED" };
}
