import { type DocumentId, ulidToBytes } from "@scriptorium/ids";
import type { DocumentEvent } from "@scriptorium/protocol";
import type { Activities } from "../document-metrics/activities";
import type { Logger } from "../observability/logger";
import type { Metrics } from "../observability/metrics";
import type { Projections } from "../projections/projections";
import type { DocumentLog, LogEntry } from "../storage/document-log";
import { Stream, TextKind } from "../storage/stream";
import { Room, type RoomContext } from "./room";
import { RoomContent } from "./room-content";
import { readUpdateFacts, type UpdateFacts } from "./update-facts";

export interface RoomsOptions {
  readonly log: DocumentLog;
  readonly projections: Projections;
  readonly activities: Activities;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** How long a room without members stays in memory. Default: 10,000. */
  readonly idleMs?: number;
}

interface OpenRoom {
  readonly room: Promise<Room>;
  /** Once `room` has resolved. */
  loaded: Room | undefined;
  /** Connections that use the room or are about to. */
  users: number;
  eviction: NodeJS.Timeout | undefined;
  unwatch: () => void;
}

/** Updates of the log that a room takes together when it is opened. */
const updatesPerTurn = 16;

/** The rooms in memory: opened on demand, evicted a while after the last connection left. */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #context: RoomContext;
  readonly #open = new Map<DocumentId, OpenRoom>();
  #peak = 0;

  constructor(options: RoomsOptions) {
    const { log, metrics } = options;
    this.#options = options;
    this.#context = { log, metrics, onFailure: (room, error) => this.#drop(room, error) };
  }

  get count(): number {
    return this.#open.size;
  }

  /** The most at once since the start. */
  get peak(): number {
    return this.#peak;
  }

  /** Bytes of raw updates that rooms hold beside their checkpoints. */
  get tailBytes(): number {
    let bytes = 0;
    for (const { loaded } of this.#open.values()) bytes += loaded?.content.tailBytes ?? 0;
    return bytes;
  }

  /** How many connections edit a document now. */
  editors(documentId: string): number {
    return this.#open.get(documentId as DocumentId)?.loaded?.memberCount ?? 0;
  }

  /** The newest durable revision of a document that is open. */
  revision(documentId: DocumentId): bigint | undefined {
    return this.#open.get(documentId)?.loaded?.revision;
  }

  /** The room of a document that exists. Each call is paired with one of {@link release}. */
  async acquire(documentId: DocumentId): Promise<Room> {
    const known = this.#open.get(documentId);
    const use = this.#options.metrics.caches.rooms;
    if (known === undefined) use.misses++;
    else use.hits++;
    const open = known ?? this.#begin(documentId);
    open.users++;
    clearTimeout(open.eviction);
    return open.room;
  }

  release(room: Room): void {
    const open = this.#open.get(room.documentId);
    // A room that failed has been replaced.
    if (open === undefined || open.loaded !== room) return;
    if (--open.users === 0) this.#scheduleEviction(room, open);
  }

  announce(documentId: DocumentId, event: DocumentEvent): void {
    this.#open.get(documentId)?.loaded?.announce(event);
  }

  /** Ends all connections to a document. */
  closeRoom(documentId: DocumentId, code: number, reason: string): void {
    this.#open.get(documentId)?.loaded?.closeAll(code, reason);
  }

  announceToAll(event: DocumentEvent): void {
    for (const { loaded } of this.#open.values()) loaded?.announce(event);
  }

  closeAll(code: number, reason: string): void {
    for (const { loaded } of this.#open.values()) loaded?.closeAll(code, reason);
  }

  #begin(documentId: DocumentId): OpenRoom {
    const open: OpenRoom = {
      room: this.#load(documentId),
      loaded: undefined,
      users: 0,
      eviction: undefined,
      unwatch: () => {},
    };
    this.#open.set(documentId, open);
    this.#peak = Math.max(this.#peak, this.#open.size);
    open.room.then(
      (room) => {
        open.loaded = room;
        open.unwatch = this.#watch(room);
      },
      () => this.#open.delete(documentId),
    );
    return open;
  }

  async #load(documentId: DocumentId): Promise<Room> {
    const { log, projections, activities, metrics } = this.#options;
    let read = 0;
    const key = ulidToBytes(documentId);
    const checkpoint = projections.catalogue.checkpoint(documentId);
    const content = new RoomContent(checkpoint, metrics.caches.first_syncs);
    let newest = { position: checkpoint?.position ?? 0, revision: checkpoint?.revision ?? 0n };
    const { epoch = documentId, damagedBecause } = projections.catalogue.document(documentId) ?? {};
    let readOnlyBecause = damagedBecause ?? undefined;
    const range = {
      stream: Stream.text,
      after: newest.position,
      // What can be read opens, for reading.
      onDamage: (damage: string) => {
        readOnlyBecause ??= damage;
      },
    };
    for await (const entry of log.readDocument(key, range)) {
      // A checkpoint in the log stands for updates that the checkpoint here holds.
      if (entry.kind !== TextKind.update) continue;
      const { position, revision, payload } = entry;
      newest = { position, revision };
      const facts = this.#factsOf(documentId, entry);
      if (facts !== undefined) content.add({ position, revision, update: payload.slice() }, facts);
      // Merged as they are read, a turn's worth at a time.
      if (++read % updatesPerTurn === 0) content.endTurn();
    }
    content.endTurn();
    metrics.documentsOpened.inc();
    const activity = activities.open(documentId);
    return new Room({ documentId, key, content, activity, epoch, newest, readOnlyBecause }, this.#context);
  }

  /** Undefined for an update that today's rules refuse: the rest of the document opens without it. */
  #factsOf(documentId: DocumentId, { position, payload }: LogEntry): UpdateFacts | undefined {
    try {
      return readUpdateFacts(payload);
    } catch (error) {
      this.#options.logger.error({ err: error, document: documentId, position }, "an update is left out");
      return undefined;
    }
  }

  #watch(room: Room): () => void {
    const { projections } = this.#options;
    return projections.watchCheckpoints(room.documentId, () => {
      const checkpoint = projections.catalogue.checkpoint(room.documentId);
      if (checkpoint !== undefined) room.rebase(checkpoint);
    });
  }

  #scheduleEviction(room: Room, open: OpenRoom): void {
    open.eviction = setTimeout(() => {
      if (open.users > 0) return;
      if (!room.isIdle) {
        this.#scheduleEviction(room, open);
        return;
      }
      this.#forget(room);
      this.#options.metrics.caches.rooms.evictions++;
      this.#options.projections.settle(room.documentId);
    }, this.#options.idleMs ?? 10_000);
    open.eviction.unref();
  }

  /** A room whose updates may not be on disk is not used again: the next opening reads what is. */
  #drop(room: Room, error: unknown): void {
    this.#options.metrics.errors.inc({ kind: "room" });
    this.#options.logger.error({ err: error, document: room.documentId }, "room failed");
    this.#forget(room);
  }

  #forget(room: Room): void {
    const open = this.#open.get(room.documentId);
    if (open?.loaded !== room) return;
    clearTimeout(open.eviction);
    open.unwatch();
    this.#open.delete(room.documentId);
    this.#options.activities.close(room.documentId);
  }
}
