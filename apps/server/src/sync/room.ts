import { type DocumentId, ulidFromBytes } from "@scriptorium/ids";
import { CloseCode, type DocumentEvent } from "@scriptorium/protocol";
import type { DocumentActivity } from "../document-metrics/activity";
import type { Metrics } from "../observability/metrics";
import type { EditTrace } from "../observability/telemetry/edit-trace";
import type { Checkpoint } from "../projections/checkpoint";
import { encodeCatalogueRecord } from "../storage/catalogue-record";
import type { Appended, DocumentLog } from "../storage/document-log";
import { CatalogueKind, Stream, TextKind } from "../storage/stream";
import { copyPooled } from "./copy-pooled";
import { encodeDurableFrame, encodeFrame, encodeUpdateFrame } from "./frame";
import type { Member } from "./member";
import type { Person } from "./person";
import { type ReadUpdates, readUpdates } from "./read-updates";
import { Resumption } from "./resumption";
import { RoomAwareness } from "./room-awareness";
import type { RoomContent } from "./room-content";
import type { UpdateFacts } from "./update-facts";

/** What all rooms share. */
export interface RoomContext {
  readonly log: DocumentLog;
  readonly metrics: Metrics;
  /** A room cannot go on: what it holds in memory may not reach the disk. */
  readonly onFailure: (room: Room, error: unknown) => void;
}

export interface RoomOptions {
  readonly documentId: DocumentId;
  /** The document's ID as bytes. */
  readonly key: Uint8Array;
  readonly content: RoomContent;
  /** Where it notes what happens. */
  readonly activity: DocumentActivity;
  /** The document's epoch: see {@link Room.epoch}. */
  readonly epoch: string;
  /** What of the document cannot be read, if anything: it takes no edits then. */
  readonly readOnlyBecause?: string | undefined;
  /** Position and revision of the document's newest record, which is durable; 0 for a new one. */
  readonly newest: { readonly position: number; readonly revision: bigint };
}

/** The records of a room that become durable together, and whom to tell then. */
interface Commit {
  readonly durable: Promise<void>;
  readonly startedAtMs: number;
  readonly acknowledgements: Map<Member, number>;
  /** Of the edit among them that is followed. */
  trace: EditTrace | undefined;
  revision: bigint;
}

/** A client that lacks more is better off with the difference to its state vector. */
const resumedBytesMax = 64 * 1024;
/** Updates that are merged into one at most: Yjs takes time for it that grows with the square of their number. */
const turnLengthMax = 256;
/** Least time between two awareness frames. A cursor that moves 30 times a second moves smoothly. */
const awarenessIntervalMs = 33;
/** How long after a commit the members are told that nothing is on its way to the disk. */
const noteDelayMs = 2000;

/**
 * An open document: takes updates to the log, relays those of one turn of the event loop together, and acknowledges
 * them when they are durable.
 */
export class Room {
  readonly documentId: DocumentId;
  readonly key: Uint8Array;
  readonly content: RoomContent;
  readonly activity: DocumentActivity;
  /** A ULID, new whenever the document was set back to an earlier state: replicas of another epoch may not come in. */
  readonly epoch: string;
  /** Why the document takes no edits; undefined while it does. */
  readonly readOnlyBecause: string | undefined;
  readonly #context: RoomContext;
  readonly #members = new Set<Member>();
  #awareness: RoomAwareness<Member> | undefined;
  #awarenessTimer: NodeJS.Timeout | undefined;
  #awarenessSentMs = 0;
  #commit: Commit | undefined;
  #noteTimer: NodeJS.Timeout | undefined;
  /** Position of the newest record that the room took, durable or not. */
  #position: number;
  /** The newest durable revision. */
  #revision: bigint;
  /** Those that are being read out of the log, by the revision that the clients have. */
  #resumptions: Map<bigint, Promise<Resumption | undefined>> | undefined;
  /** Whoever sent what this turn brought; "several" if it was not one alone, or nobody who is here. */
  #sender: Member | "several" | undefined;
  /** When the first of it came. */
  #turnStartedMs = 0;
  #hasFailed = false;

  constructor(options: RoomOptions, context: RoomContext) {
    this.documentId = options.documentId;
    this.key = options.key;
    this.content = options.content;
    this.activity = options.activity;
    this.epoch = options.epoch;
    this.readOnlyBecause = options.readOnlyBecause;
    this.#position = options.newest.position;
    this.#revision = options.newest.revision;
    this.#context = context;
  }

  get memberCount(): number {
    return this.#members.size;
  }

  /** Whether nobody is here and nothing is on its way to the disk. */
  get isIdle(): boolean {
    return this.#members.size === 0 && this.#commit === undefined;
  }

  /** Whether an edit is followed that is not on the disk yet. */
  get isTraced(): boolean {
    return this.#commit?.trace !== undefined;
  }

  /** Position of the newest record that the room took. */
  get position(): number {
    return this.#position;
  }

  /** The newest durable revision of the document; 0n before the first. */
  get revision(): bigint {
    return this.#revision;
  }

  /** Whether all that the room took is on disk. */
  get isDurable(): boolean {
    return this.#commit === undefined;
  }

  /** Whether what it holds in memory may not be on disk. Nobody may join it then: another room takes its place. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  join(member: Member): void {
    this.#members.add(member);
    this.activity.joined(performance.now());
  }

  leave(member: Member): void {
    if (!this.#members.delete(member)) return;
    this.activity.left();
    if (this.#awareness === undefined) return;
    this.#awareness.remove(member);
    if (this.#awareness.hasChanges) this.#scheduleAwareness();
  }

  /**
   * A frame with the states of everybody present; undefined if nobody is. With `departures`, for a client that has
   * missed some, also of those who have left.
   */
  encodeAwareness({ departures = false } = {}): Uint8Array | undefined {
    const message = this.#awareness?.encodeAll(departures);
    return message === undefined ? undefined : encodeFrame(message);
  }

  /** @throws {ProtocolError} and then nothing was taken. */
  receiveAwareness(member: Member, update: Uint8Array): void {
    this.#awareness ??= new RoomAwareness((owner, person) => owner.identify(person));
    this.#awareness.receive(member, update);
    if (this.#awareness.hasChanges) this.#scheduleAwareness();
  }

  /**
   * Takes an update that is new to the room: log, content, relay. The caller counts the message and calls
   * {@link acknowledgeWhenDurable}.
   *
   * @param update may be a view of a larger buffer
   * @param member "several" for an edit that comes from none: all are sent it
   * @param trace of an edit that is followed; none other is on its way
   * @throws {LogUnavailableError} and then nothing was taken.
   */
  take(
    member: Member | "several",
    author: Uint8Array,
    update: Uint8Array,
    facts: UpdateFacts,
    trace?: EditTrace,
  ): Appended {
    const { log, metrics } = this.#context;
    const appended = log.append({
      key: this.key,
      stream: Stream.text,
      kind: TextKind.update,
      author,
      payload: update,
    });
    const { position, revision } = appended;
    this.content.add({ position, revision, update: copyPooled(update) }, facts);
    this.#position = position;
    const commit = this.#joinCommit(appended);
    if (trace !== undefined) {
      commit.trace = trace;
      trace.appended(position, revision);
    }
    this.#relayFrom(member);
    if (this.content.turnLength >= turnLengthMax) this.relay();
    metrics.edits.inc();
    return appended;
  }

  /**
   * Tells the log who an author is.
   *
   * @throws {LogUnavailableError} and then it was not told.
   */
  sign(author: Uint8Array, { id, name }: Person): void {
    const { durable } = this.#context.log.append({
      key: this.key,
      stream: Stream.catalogue,
      kind: CatalogueKind.author,
      author,
      payload: encodeCatalogueRecord({
        actor: ulidFromBytes(author),
        name,
        ...(id !== undefined && { person: id }),
      }),
    });
    // No edit depends on it: those that come with it tell what became of them.
    durable.catch(() => {});
  }

  /** Acknowledges what the member may have acknowledged, as soon as all that the room took so far is durable. */
  acknowledgeWhenDurable(member: Member): void {
    if (this.#commit === undefined) member.acknowledge(member.acknowledgeable, this.#revision);
    else this.#commit.acknowledgements.set(member, member.acknowledgeable);
  }

  /** Sends the members what this turn of the event loop has brought so far. */
  relay(): void {
    const sender = this.#sender;
    if (sender === undefined) return;
    this.#sender = undefined;
    const updates = this.content.endTurn();
    const receivers = this.#members.size - (sender !== "several" && this.#members.has(sender) ? 1 : 0);
    this.#commit?.trace?.relayed(receivers);
    if (receivers === 0) return;
    const frames = updates.flatMap(encodeUpdateFrame);
    for (const member of this.#members) {
      // Where several have sent, each gets its own back among the others': one frame for all is cheaper, and Yjs
      // passes over what it has.
      if (member !== sender) member.sendUpdates(frames, this.#position);
    }
    this.#context.metrics.messagesRelayed.inc(receivers * updates.length);
    this.#context.metrics.relay.stop(this.#turnStartedMs);
  }

  /**
   * Updates behind `position`, which lies before the checkpoint's, and the position that they reach: out of the log, at
   * least `bytes` of them or all that the checkpoint holds; or else the checkpoint, where the log is damaged.
   */
  async readBehind(position: number, bytes: number): Promise<ReadUpdates> {
    const { log } = this.#context;
    const { key, content } = this;
    const through = content.checkpointPosition;
    const read = await readUpdates(log, { key, after: position, through, bytes });
    return read.isWhole ? read : { updates: content.checkpointState, position: through, isWhole: true };
  }

  /**
   * What a client lacks that has all up to `revision`. Undefined if it cannot be known, or is too much to be worth it.
   */
  async resumption(revision: bigint): Promise<Resumption | undefined> {
    if (revision > this.#revision) return undefined;
    const held = this.content.positionOf(revision);
    if (held !== undefined) return new Resumption([], held);
    // Where many come back at once, as behind a restart, most have seen the same.
    const begun = this.#resumptions?.get(revision);
    const use = this.#context.metrics.caches.resumptions;
    if (begun !== undefined) {
      use.hits++;
      return begun;
    }
    use.misses++;
    const reading = this.#readResumption(revision);
    this.#resumptions ??= new Map();
    this.#resumptions.set(revision, reading);
    try {
      return await reading;
    } finally {
      this.#resumptions.delete(revision);
    }
  }

  async #readResumption(revision: bigint): Promise<Resumption | undefined> {
    const through = this.content.checkpointPosition;
    const range = { key: this.key, after: 0, sinceRevision: revision + 1n, through, bytes: resumedBytesMax };
    const { updates, position, isWhole } = await readUpdates(this.#context.log, range);
    return isWhole && position >= through ? new Resumption(updates, position) : undefined;
  }

  /** A newer checkpoint holds a part of the updates in memory. */
  rebase(checkpoint: Checkpoint): void {
    this.content.rebase(checkpoint);
  }

  announce(event: DocumentEvent): void {
    for (const member of this.#members) member.sendEvent(event);
  }

  closeAll(code: number, reason: string): void {
    for (const member of [...this.#members]) member.close(code, reason);
  }

  /** What comes in until the event loop has seen to all sockets goes out in one frame. */
  #relayFrom(member: Member | "several"): void {
    if (this.#sender === undefined) {
      this.#turnStartedMs = this.#context.metrics.relay.start();
      setImmediate(() => this.relay());
    }
    this.#sender = this.#sender === undefined || this.#sender === member ? member : "several";
  }

  #joinCommit({ durable, revision }: Appended): Commit {
    if (this.#commit?.durable === durable) {
      this.#commit.revision = revision;
      return this.#commit;
    }
    const commit: Commit = {
      durable,
      startedAtMs: performance.now(),
      acknowledgements: new Map(),
      trace: undefined,
      revision,
    };
    this.#commit = commit;
    durable.then(
      () => this.#committed(commit),
      (error: unknown) => this.#failed(commit, error),
    );
    return commit;
  }

  #committed(commit: Commit): void {
    // Whoever is told a revision has been sent all up to it.
    this.relay();
    if (this.#commit === commit) this.#commit = undefined;
    this.#revision = commit.revision;
    commit.trace?.durable();
    const now = performance.now();
    this.#context.metrics.durableSeconds.observe((now - commit.startedAtMs) / 1000);
    this.activity.becameDurable(now - commit.startedAtMs, now);
    for (const [member, messages] of commit.acknowledgements) member.acknowledge(messages, commit.revision);
    this.#scheduleNote();
  }

  #failed({ trace }: Commit, error: unknown): void {
    trace?.failed(error);
    this.#hasFailed = true;
    this.#context.onFailure(this, error);
    this.closeAll(CloseCode.overloaded, "the server cannot write to its disk");
  }

  #scheduleNote(): void {
    if (this.#noteTimer !== undefined || this.#members.size === 0) return;
    this.#noteTimer = setTimeout(() => {
      this.#noteTimer = undefined;
      if (!this.isDurable) return;
      const frame = encodeDurableFrame(0, this.#revision);
      for (const member of this.#members) member.noteDurable(frame);
    }, noteDelayMs);
    this.#noteTimer.unref();
  }

  #scheduleAwareness(): void {
    if (this.#awarenessTimer !== undefined) return;
    const dueInMs = this.#awarenessSentMs + awarenessIntervalMs - performance.now();
    this.#awarenessTimer = setTimeout(() => this.#sendAwareness(), Math.max(0, dueInMs));
  }

  #sendAwareness(): void {
    this.#awarenessTimer = undefined;
    this.#awarenessSentMs = performance.now();
    const message = this.#awareness?.takeChanges();
    if (message === undefined) return;
    const frame = encodeFrame(message);
    for (const member of this.#members) member.sendAwareness(frame);
  }
}
