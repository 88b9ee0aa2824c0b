import { snowflakeParts, ulidFromBytes } from "@scriptorium/ids";
import { type LogError, LogReader, type LogRecord } from "@scriptorium/log";
import * as Y from "yjs";
import {
  decodeCreatedRecord,
  decodeImportedRecord,
  decodeRenamedRecord,
  decodeRestoredToRecord,
  decodeTaggedRecord,
} from "../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../storage/stream";
import { toCheckpoint } from "./checkpoint";
import { DamageMarks } from "./damage-marks";
import { type Materialised, materialise } from "./materialise";
import type { EditAnswer, RevisedText, RevisedTextCounts, SetText } from "./messages";
import { type PendingUpdates, PendingUpdatesByDocument } from "./pending-updates";
import { prepareEdit } from "./prepare-edit";
import type { EditCount, ProjectionStore } from "./projection-store";
import { seed } from "./seed";
import { countText } from "./statistics/count-text";
import type { KnownClocks } from "./statistics/known-clocks";
import { StatisticsFold } from "./statistics/statistics-fold";

/** A checkpoint is made when the updates behind the last one outweigh it, but not for fewer bytes than this. */
const checkpointBytesMin = 64 * 1024;
/** A document whose first pending update lies further back than this is checkpointed, so that a restart re-reads little. */
const pendingRecordsMax = 100_000;
/** All updates that wait for a checkpoint, in bytes; beyond that the oldest get theirs. */
const pendingBytesMax = 32 * 1024 * 1024;
/** Records whose effects are committed together. */
const recordsPerCommit = 4096;
const instanceId = ulidFromBytes(instanceKey);

export interface ProjectorEvents {
  checkpointed(documentId: string, position: number): void;
  quarantined(documentId: string, position: number, error: string): void;
  /** A place in the log cannot be read; the documents that it may concern are marked, and all goes on. */
  damaged(damage: LogError): void;
}

export interface ProjectorOptions {
  readonly logDirectory: string;
  readonly store: ProjectionStore;
  readonly events: ProjectorEvents;
}

/**
 * Folds the log into the projections: the catalogue as it reads, checkpoints when they are due.
 *
 * The catalogue takes part in `progress.applied`; updates wait in memory until a checkpoint holds them, and
 * `progress.resume` says from where a restart has to read them again.
 */
export class Projector {
  readonly #logDirectory: string;
  readonly #reader: LogReader;
  readonly #store: ProjectionStore;
  readonly #events: ProjectorEvents;
  readonly #damage: DamageMarks;
  readonly #pending = new PendingUpdatesByDocument();
  readonly #statistics: StatisticsFold;
  readonly #due = new Set<string>();
  /** Position through which the catalogue and the counters hold the log's effects. */
  #applied: number;
  /** Position of the newest record read; behind `#applied` while a restart reads pending updates again. */
  #read: number;

  private constructor(
    reader: LogReader,
    damage: DamageMarks,
    { logDirectory, store, events }: ProjectorOptions,
  ) {
    this.#logDirectory = logDirectory;
    this.#reader = reader;
    this.#store = store;
    this.#events = events;
    this.#damage = damage;
    this.#statistics = new StatisticsFold(store.statistics, (id, known) => this.#teach(id, known));
    const { applied, resume } = store.progress();
    this.#applied = applied;
    this.#read = resume;
  }

  /**
   * Goes on from where the store says.
   *
   * @throws {LogError} DIRECTORY_UNUSABLE
   */
  static async open({ logDirectory, store, events }: ProjectorOptions): Promise<Projector> {
    const damage = new DamageMarks(store);
    const reader = await LogReader.open({
      directory: logDirectory,
      after: store.progress().resume,
      // What cannot be read is passed over: one damaged block must not keep all other documents from showing.
      onDamage: (place) => {
        damage.meet(place);
        events.damaged(place);
      },
    });
    return new Projector(reader, damage, { logDirectory, store, events });
  }

  /**
   * Where the store knows nothing yet, begins it with what the log, up to `through`, says of its dropped beginning. Comes
   * before everything else.
   */
  async begin(through: number): Promise<void> {
    if (this.#applied === 0) await seed(this.#store, this.#logDirectory, through);
  }

  /** Position of the newest record read, or passed over. */
  get position(): number {
    return this.#reader.position;
  }

  /** Leaves the store open. */
  async close(): Promise<void> {
    await this.#reader.close();
  }

  /** Reads the log up to `through`, a durable position; when this resolves, the catalogue shows it. */
  async advance(through: number): Promise<void> {
    let batch: LogRecord[] = [];
    for await (const record of this.#reader.read(through)) {
      if (batch.length === recordsPerCommit || this.#damage.areDue) {
        this.#apply(batch);
        batch = [];
      }
      batch.push(record);
    }
    this.#apply(batch);
  }

  /** Makes one checkpoint that is due. False if none was. */
  checkpointNext(): boolean {
    for (const documentId of this.#due) {
      this.settle(documentId);
      return true;
    }
    return false;
  }

  /** Makes a checkpoint of what is pending for a document. */
  settle(documentId: string): void {
    this.#due.delete(documentId);
    const pending = this.#pending.get(documentId);
    const last = pending?.updates.at(-1);
    if (pending === undefined || last === undefined) return;
    const materialised = this.#materialise(documentId, pending);
    const checkpoint = toCheckpoint(materialised.doc, last.position, pending.revision);
    materialised.doc.destroy();
    this.#pending.delete(documentId);
    this.#store.transaction(() => {
      this.#store.putCheckpoint(documentId, checkpoint);
      this.#store.statistics.settle(documentId, pending.updates.length, pending.bytes);
      for (const bad of materialised.quarantined) this.#store.quarantine(documentId, bad);
      this.#saveProgress();
    });
    for (const { position, error } of materialised.quarantined) {
      this.#events.quarantined(documentId, position, error);
    }
    this.#events.checkpointed(documentId, last.position);
  }

  /** Makes checkpoints of all that is pending at or before a position, so that nobody needs these records any more. */
  settleThrough(position: number): void {
    for (let oldest = this.#pending.oldest(); oldest !== undefined; oldest = this.#pending.oldest()) {
      if (oldest.position > position) return;
      this.settle(oldest.documentId);
    }
  }

  /** Makes a checkpoint of everything that is pending, oldest first, until `deadlineMs` (as of `Date.now`). */
  flush(deadlineMs: number): void {
    for (const documentId of this.#pending.documentIds()) {
      if (Date.now() > deadlineMs) return;
      this.settle(documentId);
    }
  }

  /** The document's text as of the position reached. */
  text(documentId: string): string {
    return this.read(documentId, (doc) => doc.getText("content").toString());
  }

  /** What `read` makes of the document as of the position reached. */
  read<Result>(documentId: string, read: (doc: Y.Doc) => Result): Result {
    const { doc } = this.#materialise(documentId, this.#pending.get(documentId));
    const result = read(doc);
    doc.destroy();
    return result;
  }

  /** The same, and how far it goes. */
  revisedText(documentId: string): RevisedText {
    return { text: this.text(documentId), revision: this.#revision(documentId) };
  }

  /** How much text that is. */
  textCounts(documentId: string): RevisedTextCounts {
    return { ...countText(this.text(documentId)), revision: this.#revision(documentId) };
  }

  /** The edit that sets the document's text. */
  prepareEdit(documentId: string, { text, base }: SetText): EditAnswer {
    const revision = this.#revision(documentId);
    const isNewest = base === undefined || base.revision === (revision ?? "0");
    if (!isNewest && base.updates === undefined) return { type: "otherBase" };
    const position =
      this.#pending.get(documentId)?.updates.at(-1)?.position ??
      this.#store.checkpointExtent(documentId)?.position ??
      0;
    const prepared = this.read(documentId, (doc) =>
      prepareEdit(doc, text, isNewest ? undefined : base.updates),
    );
    return { type: "prepared", position, revision, ...prepared };
  }

  #revision(documentId: string): string | null {
    const revision = this.#pending.get(documentId)?.revision ?? this.#store.checkpointRevision(documentId);
    return revision === undefined ? null : String(revision);
  }

  #materialise(documentId: string, pending: PendingUpdates | undefined): Materialised {
    return materialise(this.#store.checkpoint(documentId)?.state, pending?.updates ?? []);
  }

  /** Applies records, and then marks what the places met behind them concern. */
  #apply(batch: readonly LogRecord[]): void {
    if (batch.length === 0 && !this.#damage.areDue) return;
    const edits = new Map<string, EditCount>();
    this.#store.transaction(() => {
      for (const record of batch) this.#applyRecord(record, edits);
      for (const count of edits.values()) this.#store.countEdits(count);
      this.#statistics.flush();
      this.#damage.mark();
      this.#read = batch.at(-1)?.position ?? this.#read;
      this.#applied = Math.max(this.#applied, this.#read);
      this.#saveProgress();
    });
    this.#settleOldest();
  }

  /** What waits must neither fill the memory nor make a restart read far back. */
  #settleOldest(): void {
    for (let oldest = this.#pending.oldest(); oldest !== undefined; oldest = this.#pending.oldest()) {
      const isFarBack = oldest.position < this.#read - pendingRecordsMax;
      if (!isFarBack && this.#pending.bytes <= pendingBytesMax) return;
      this.settle(oldest.documentId);
    }
  }

  #saveProgress(): void {
    const oldest = this.#pending.oldest();
    this.#store.setProgress({
      applied: this.#applied,
      resume: oldest === undefined ? this.#read : oldest.position - 1,
    });
  }

  #applyRecord(record: LogRecord, edits: Map<string, EditCount>): void {
    const documentId = ulidFromBytes(record.key);
    const { timeMs } = snowflakeParts(record.revision);
    this.#damage.pass(documentId, timeMs);
    const alreadyApplied = record.position <= this.#applied;
    if (!alreadyApplied && documentId !== instanceId) this.#statistics.take(documentId, timeMs, record);
    if (record.stream === Stream.catalogue && !alreadyApplied) {
      this.#applyCatalogue(documentId, timeMs, record);
    }
    if (record.stream !== Stream.text || record.kind !== TextKind.update) return;
    this.#keepUpdate(documentId, record);
    if (alreadyApplied) return;
    edits.set(documentId, {
      documentId,
      edits: (edits.get(documentId)?.edits ?? 0) + 1,
      updatedMs: timeMs,
      position: record.position,
    });
  }

  #applyCatalogue(documentId: string, timeMs: number, { kind, payload, position }: LogRecord): void {
    switch (kind) {
      case CatalogueKind.created: {
        const { title, language, tags = [] } = decodeCreatedRecord(payload);
        this.#store.insertDocument(documentId, title, language, timeMs, position);
        this.#store.setTags(documentId, tags);
        return;
      }
      case CatalogueKind.renamed:
        this.#store.renameDocument(documentId, decodeRenamedRecord(payload).title, timeMs, position);
        return;
      case CatalogueKind.tagged:
        this.#store.setTags(documentId, decodeTaggedRecord(payload).tags);
        return;
      case CatalogueKind.deleted:
        this.#store.setDeleted(documentId, timeMs);
        return;
      case CatalogueKind.restored:
        this.#store.setDeleted(documentId, undefined);
        return;
      case CatalogueKind.restoredTo:
        this.#store.setEpoch(decodeRestoredToRecord(payload).epoch);
        return;
      case CatalogueKind.imported:
        this.#store.setEpochOf(documentId, decodeImportedRecord(payload).epoch);
        return;
    }
  }

  /** What a document has, without the content: all that was read before. */
  #teach(documentId: string, known: KnownClocks): void {
    const checkpoint = this.#store.checkpointClocks(documentId);
    if (checkpoint !== undefined) {
      known.learnClocks(Y.decodeStateVector(checkpoint.stateVector));
      known.learn(checkpoint.deleteSet);
    }
    for (const { update } of this.#pending.get(documentId)?.updates ?? []) known.learn(update);
  }

  #keepUpdate(documentId: string, { position, revision, payload }: LogRecord): void {
    let pending = this.#pending.get(documentId);
    if (pending === undefined) {
      const extent = this.#store.checkpointExtent(documentId);
      if (extent !== undefined && position <= extent.position) return;
      pending = this.#pending.begin(documentId, extent?.bytes ?? 0);
    }
    // A copy, since the payload shares the memory of a whole block of the log.
    this.#pending.add(pending, { position, update: payload.slice() }, revision);
    if (pending.bytes >= Math.max(checkpointBytesMin, pending.checkpointBytes)) this.#due.add(documentId);
  }
}
