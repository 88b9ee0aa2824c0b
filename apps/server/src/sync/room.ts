import type { DocumentId } from "@scriptorium/ids";
import { CloseCode, type DocumentEvent, encodeUpdate } from "@scriptorium/protocol";
import type { Metrics } from "../observability/metrics";
import type { Checkpoint } from "../projections/checkpoint";
import type { Appended, DocumentLog } from "../storage/document-log";
import { Stream, TextKind } from "../storage/stream";
import type { Member } from "./member";
import { RoomAwareness } from "./room-awareness";
import type { RoomContent } from "./room-content";
import type { UpdateFacts } from "./update-facts";

export interface RoomOptions {
  readonly documentId: DocumentId;
  /** The document's ID as bytes. */
  readonly key: Uint8Array;
  readonly log: DocumentLog;
  readonly content: RoomContent;
  /** The newest durable revision of the document; 0n for a new one. */
  readonly revision: bigint;
  readonly metrics: Metrics;
  /** The room cannot go on: what it holds in memory may not reach the disk. */
  readonly onFailure: (error: unknown) => void;
}

/** The records of a room that become durable together, and whom to tell then. */
interface Commit {
  readonly durable: Promise<void>;
  readonly startedAtMs: number;
  readonly acknowledgements: Map<Member, number>;
  revision: bigint;
}

/** An open document: takes updates to the log, relays them at once, and acknowledges them when they are durable. */
export class Room {
  readonly documentId: DocumentId;
  readonly content: RoomContent;
  readonly #options: RoomOptions;
  readonly #members = new Set<Member>();
  readonly #awareness = new RoomAwareness<Member>();
  #commit: Commit | undefined;
  #revision: bigint;
  #awarenessScheduled = false;

  constructor(options: RoomOptions) {
    this.documentId = options.documentId;
    this.content = options.content;
    this.#options = options;
    this.#revision = options.revision;
  }

  get memberCount(): number {
    return this.#members.size;
  }

  /** Whether nobody is here and nothing is on its way to the disk. */
  get isIdle(): boolean {
    return this.#members.size === 0 && this.#commit === undefined;
  }

  join(member: Member): void {
    this.#members.add(member);
    this.sendAwareness(member);
  }

  leave(member: Member): void {
    if (!this.#members.delete(member)) return;
    this.#awareness.remove(member);
    this.#scheduleAwareness();
  }

  sendAwareness(member: Member): void {
    const frame = this.#awareness.encodeAll();
    if (frame !== undefined) member.send(frame);
  }

  /** @throws {ProtocolError} and then nothing was taken. */
  receiveAwareness(member: Member, update: Uint8Array): void {
    this.#awareness.receive(member, update);
    if (this.#awareness.hasChanges) this.#scheduleAwareness();
  }

  /**
   * Takes an update that is new to the room: log, content, relay. The caller counts the message and calls
   * {@link acknowledgeWhenDurable}.
   *
   * @param update may be a view of a larger buffer
   * @throws {LogUnavailableError} and then nothing was taken.
   */
  take(member: Member, author: Uint8Array, update: Uint8Array, facts: UpdateFacts): void {
    const { log, key, metrics } = this.#options;
    const appended = log.append({ key, stream: Stream.text, kind: TextKind.update, author, payload: update });
    this.content.add(appended.position, update.slice(), facts);
    this.#joinCommit(appended);
    this.#relay(member, update);
    metrics.edits.inc();
  }

  /** Acknowledges what the member may have acknowledged, as soon as all that the room took so far is durable. */
  acknowledgeWhenDurable(member: Member): void {
    if (this.#commit === undefined) member.acknowledge(member.acknowledgeable, this.#revision);
    else this.#commit.acknowledgements.set(member, member.acknowledgeable);
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

  #relay(from: Member, update: Uint8Array): void {
    let frame: Uint8Array | undefined;
    for (const member of this.#members) {
      if (member === from || !member.receivesUpdates) continue;
      frame ??= encodeUpdate(update);
      member.send(frame);
      this.#options.metrics.messagesRelayed.inc();
    }
  }

  #joinCommit({ durable, revision }: Appended): void {
    if (this.#commit?.durable === durable) {
      this.#commit.revision = revision;
      return;
    }
    const commit: Commit = {
      durable,
      startedAtMs: performance.now(),
      acknowledgements: new Map(),
      revision,
    };
    this.#commit = commit;
    durable.then(
      () => this.#committed(commit),
      (error: unknown) => this.#failed(error),
    );
  }

  #committed(commit: Commit): void {
    if (this.#commit === commit) this.#commit = undefined;
    this.#revision = commit.revision;
    this.#options.metrics.durableSeconds.observe((performance.now() - commit.startedAtMs) / 1000);
    for (const [member, messages] of commit.acknowledgements) member.acknowledge(messages, commit.revision);
  }

  #failed(error: unknown): void {
    this.#options.onFailure(error);
    this.closeAll(CloseCode.overloaded, "the server cannot write to its disk");
  }

  #scheduleAwareness(): void {
    if (this.#awarenessScheduled) return;
    this.#awarenessScheduled = true;
    setImmediate(() => {
      this.#awarenessScheduled = false;
      const frame = this.#awareness.takeChanges();
      if (frame === undefined) return;
      for (const member of this.#members) member.send(frame);
    });
  }
}
