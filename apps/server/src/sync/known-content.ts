import * as Y from "yjs";
import { type ClockRange, ClockRanges } from "../updates/clock-ranges";
import { readUpdateFacts, type UpdateFacts } from "./update-facts";

/** How an update relates to what the room holds. */
export type Judgement =
  /** It brings something, and follows on what is there. */
  | "new"
  /** All of it is there already. */
  | "known"
  /** It follows on edits that are not there. */
  | "gap";

/**
 * Which structs and deletes the room holds: its state vector, and the deletes, which a state vector does not tell.
 *
 * Deletes are gathered only when a client hands over a whole delete set, as each does that comes back.
 */
export class KnownContent {
  readonly #clocks: Map<number, number>;
  /** Structs beyond a gap: they count once the gap is filled. */
  readonly #ahead = new ClockRanges();
  readonly #gatherDeletes: () => Iterable<Uint8Array>;
  #deletes: ClockRanges | undefined;

  /**
   * @param stateVector encoded, of the state that the room starts from
   * @param gatherDeletes yields updates that together hold every delete of the room
   */
  constructor(stateVector: Uint8Array | undefined, gatherDeletes: () => Iterable<Uint8Array>) {
    this.#clocks = stateVector === undefined ? new Map() : Y.decodeStateVector(stateVector);
    this.#gatherDeletes = gatherDeletes;
  }

  /** The state vector, encoded: only what is there without gaps. */
  encodeStateVector(): Uint8Array {
    return Y.encodeStateVector(this.#clocks);
  }

  /** Whether a replica with `clocks` has every struct that is here without a gap. */
  isCoveredBy(clocks: ReadonlyMap<number, number>): boolean {
    for (const [client, clock] of this.#clocks) {
      if ((clocks.get(client) ?? 0) < clock) return false;
    }
    return true;
  }

  judge(facts: UpdateFacts): Judgement {
    /** Clocks of clients that the update itself moves on. */
    let reached: Map<number, number> | undefined;
    for (const { client, from, to } of facts.structs) {
      const clock = reached?.get(client) ?? this.#clock(client);
      if (from > clock) return "gap";
      if (to <= clock) continue;
      reached ??= new Map();
      reached.set(client, to);
    }
    for (const [client, to] of facts.references) {
      if (to > (reached?.get(client) ?? this.#clock(client))) return "gap";
    }
    for (const { client, to } of facts.deletes) {
      if (to > (reached?.get(client) ?? this.#clock(client))) return "gap";
    }
    return reached !== undefined || !this.#hasDeletes(facts.deletes) ? "new" : "known";
  }

  add(facts: UpdateFacts): void {
    for (const range of facts.structs) this.#addStructs(range);
    if (this.#deletes === undefined) return;
    for (const range of facts.deletes) this.#deletes.add(range);
  }

  #clock(client: number): number {
    return this.#clocks.get(client) ?? 0;
  }

  #addStructs(range: ClockRange): void {
    const clock = this.#clock(range.client);
    if (range.to <= clock) return;
    if (range.from > clock) {
      this.#ahead.add(range);
      return;
    }
    this.#clocks.set(range.client, this.#ahead.endOfRunAt(range.client, range.to) ?? range.to);
  }

  #hasDeletes(ranges: readonly ClockRange[]): boolean {
    if (ranges.length === 0) return true;
    this.#deletes ??= this.#gather();
    const deletes = this.#deletes;
    return ranges.every((range) => deletes.has(range));
  }

  #gather(): ClockRanges {
    const deletes = new ClockRanges();
    for (const update of this.#gatherDeletes()) {
      for (const range of readUpdateFacts(update).deletes) deletes.add(range);
    }
    return deletes;
  }
}
