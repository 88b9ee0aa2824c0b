import { encodeUpdate, ProtocolError } from "@scriptorium/protocol";
import * as Y from "yjs";
import { deflateMessage } from "../compression/deflate-message";
import type { CacheUse } from "../observability/cache-use";
import type { Checkpoint } from "../projections/checkpoint";
import { encodeDeflatedFrame } from "./frame";
import { type Judgement, KnownContent } from "./known-content";
import { mergeUpdates } from "./merge-updates";
import { readUpdateFacts, type UpdateFacts } from "./update-facts";
import { type TailEntry, UpdateTail } from "./update-tail";

/** Shorter updates gain nothing by compression that anybody would notice. */
const compressedBytesMin = 1024;

interface Compressed {
  readonly done: Promise<readonly Uint8Array[]>;
  /** Once it is done. */
  frame: readonly Uint8Array[] | undefined;
}

/**
 * What a document consists of, as bytes: the newest checkpoint and the updates behind it. Joining is a copy of these;
 * no `Y.Doc` is ever built.
 */
export class RoomContent {
  #checkpoint: Checkpoint | undefined;
  readonly #tail = new UpdateTail();
  /** What came in this turn of the event loop: one entry of the tail when the turn ends. */
  #turn: TailEntry[] = [];
  #turnBytes = 0;
  readonly #known: KnownContent;
  /** Compressed frames of the checkpoint and of updates, for as long as these are kept. */
  #compressed: WeakMap<Uint8Array, Compressed> | undefined;

  readonly #compressions: CacheUse | undefined;

  /** @param compressions counts how often something was compressed already that was to be sent so */
  constructor(checkpoint: Checkpoint | undefined, compressions?: CacheUse) {
    this.#checkpoint = checkpoint;
    this.#compressions = compressions;
    this.#known = new KnownContent(checkpoint?.stateVector, () => this.#updatesWithDeletes());
  }

  get tailBytes(): number {
    return this.#tail.bytes + this.#turnBytes;
  }

  /** How many updates this turn has brought. */
  get turnLength(): number {
    return this.#turn.length;
  }

  /** What a client that has nothing is sent, in bytes. */
  get bytes(): number {
    return this.tailBytes + (this.#checkpoint?.state.length ?? 0);
  }

  /** Position of the newest record that the checkpoint holds; 0 without one. */
  get checkpointPosition(): number {
    return this.#checkpoint?.position ?? 0;
  }

  /** The checkpoint as an update; none without a checkpoint. */
  get checkpointState(): readonly Uint8Array[] {
    return this.#checkpoint === undefined ? [] : [this.#checkpoint.state];
  }

  judge(facts: UpdateFacts): Judgement {
    return this.#known.judge(facts);
  }

  /** Takes what is newer than all before. Keeps the entry's update, and the buffer that it is a view of. */
  add(entry: TailEntry, facts: UpdateFacts): void {
    this.#known.add(facts);
    this.#turn.push(entry);
    this.#turnBytes += entry.update.length;
  }

  /** Ends a turn: what was added in it is given back, as one update if it can be. */
  endTurn(): readonly Uint8Array[] {
    const turn = this.#turn;
    const newest = turn.at(-1);
    if (newest === undefined) return [];
    this.#turn = [];
    this.#turnBytes = 0;
    const updates = turn.map(({ update }) => update);
    const merged = mergeUpdates(updates);
    if (merged !== undefined) {
      this.#tail.add({ ...newest, update: merged });
      return [merged];
    }
    for (const entry of turn) this.#tail.add(entry);
    return updates;
  }

  /** Lets go of the updates that a newer checkpoint holds. */
  rebase(checkpoint: Checkpoint): void {
    if (checkpoint.position <= this.checkpointPosition) return;
    this.#checkpoint = checkpoint;
    this.#tail.dropThrough(checkpoint.position);
  }

  encodeStateVector(): Uint8Array {
    return this.#known.encodeStateVector();
  }

  /**
   * The updates that bring a replica with `stateVector` (encoded) up to date.
   *
   * @throws {ProtocolError} MALFORMED: no state vector.
   */
  missingFrom(stateVector: Uint8Array): readonly Uint8Array[] {
    const clocks = decodeStateVector(stateVector);
    const state = this.#missingState(stateVector, clocks);
    const updates = state === undefined ? [] : [state];
    for (const { update } of this.#entriesBehind(0)) {
      if (clocks.size === 0) updates.push(update);
      else if (bringsNews(update, clocks)) updates.push(Y.diffUpdate(update, stateVector));
    }
    return updates;
  }

  /**
   * The updates behind `position`; the first may hold older ones, too. Undefined where the checkpoint has taken some
   * of them in.
   */
  updatesBehind(position: number): readonly Uint8Array[] | undefined {
    if (position < this.checkpointPosition) return undefined;
    return this.#entriesBehind(position).map(({ update }) => update);
  }

  /**
   * The newest position at which a client that has all records up to `revision` lacks nothing older. Undefined if the
   * revision lies before the checkpoint's.
   */
  positionOf(revision: bigint): number | undefined {
    if (revision < (this.#checkpoint?.revision ?? 0n)) return undefined;
    let position = this.checkpointPosition;
    for (const entry of this.#entriesBehind(0)) {
      if (entry.revision > revision) break;
      position = entry.position;
    }
    return position;
  }

  /**
   * Whether a replica with `stateVector` (encoded) has every struct of the room once it has `updates`, too, none of
   * which may leave a gap.
   *
   * @throws {ProtocolError} MALFORMED: no state vector.
   */
  isCompletedBy(stateVector: Uint8Array, updates: readonly Uint8Array[]): boolean {
    const clocks = decodeStateVector(stateVector);
    for (const update of updates) {
      for (const { client, from, to } of readUpdateFacts(update).structs) {
        const clock = clocks.get(client) ?? 0;
        if (from > clock) return false;
        if (to > clock) clocks.set(client, to);
      }
    }
    return this.#known.isCoveredBy(clocks);
  }

  /** Compresses what a client that has nothing will be sent, once for all such clients. */
  async compress(): Promise<void> {
    const updates = this.#entriesBehind(0).map(({ update }) => update);
    await Promise.all([...this.checkpointState, ...updates].map((update) => this.#compress(update)));
  }

  /** The compressed frame of an update of this room, in parts, if {@link compress} has made one. */
  compressedFrameOf(update: Uint8Array): readonly Uint8Array[] | undefined {
    return this.#compressed?.get(update)?.frame;
  }

  async #compress(update: Uint8Array): Promise<void> {
    if (update.length < compressedBytesMin) return;
    this.#compressed ??= new WeakMap();
    let compressed = this.#compressed.get(update);
    if (this.#compressions !== undefined) {
      if (compressed === undefined) this.#compressions.misses++;
      else this.#compressions.hits++;
    }
    if (compressed === undefined) {
      compressed = { frame: undefined, done: this.#deflate(update).then(encodeDeflatedFrame) };
      this.#compressed.set(update, compressed);
    }
    compressed.frame = await compressed.done;
  }

  async #deflate(update: Uint8Array): Promise<Uint8Array> {
    const { state, deflated } = this.#checkpoint ?? {};
    if (update === state && deflated !== undefined) return deflated;
    return deflateMessage(encodeUpdate(update));
  }

  #missingState(stateVector: Uint8Array, clocks: ReadonlyMap<number, number>): Uint8Array | undefined {
    const checkpoint = this.#checkpoint;
    if (checkpoint === undefined || clocks.size === 0) return checkpoint?.state;
    // A replica that has all structs may still lack deletes, of which its state vector says nothing.
    if (covers(clocks, Y.decodeStateVector(checkpoint.stateVector))) return checkpoint.deleteSet;
    return Y.diffUpdate(checkpoint.state, stateVector);
  }

  #entriesBehind(position: number): readonly TailEntry[] {
    const older = this.#tail.after(position);
    return this.#turn.length === 0 ? older : [...older, ...this.#turn];
  }

  *#updatesWithDeletes(): Iterable<Uint8Array> {
    if (this.#checkpoint !== undefined) yield this.#checkpoint.deleteSet;
    for (const { update } of this.#entriesBehind(0)) yield update;
  }
}

function decodeStateVector(stateVector: Uint8Array): Map<number, number> {
  try {
    return Y.decodeStateVector(stateVector);
  } catch (cause) {
    throw new ProtocolError("MALFORMED", "the state vector cannot be decoded", { cause });
  }
}

/** Whether a replica with `clocks` may lack something of `update`. */
function bringsNews(update: Uint8Array, clocks: ReadonlyMap<number, number>): boolean {
  const { structs, deletes } = readUpdateFacts(update);
  return deletes.length > 0 || structs.some(({ client, to }) => to > (clocks.get(client) ?? 0));
}

function covers(clocks: ReadonlyMap<number, number>, others: ReadonlyMap<number, number>): boolean {
  for (const [client, clock] of others) {
    if ((clocks.get(client) ?? 0) < clock) return false;
  }
  return true;
}
