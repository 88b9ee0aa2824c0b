import { emptyUpdate, encodeStep2, encodeUpdate, ProtocolError } from "@scriptorium/protocol";
import * as Y from "yjs";
import type { Checkpoint } from "../projections/checkpoint";
import { type Judgement, KnownContent } from "./known-content";
import { readUpdateFacts, type UpdateFacts } from "./update-facts";

interface TailUpdate {
  readonly position: number;
  readonly update: Uint8Array;
}

/**
 * What a document consists of, as bytes: the newest checkpoint and the raw updates behind it. Joining is a copy of
 * these; no `Y.Doc` is ever built.
 */
export class RoomContent {
  #checkpoint: Checkpoint | undefined;
  #tail: TailUpdate[] = [];
  #tailBytes = 0;
  readonly #known: KnownContent;

  constructor(checkpoint: Checkpoint | undefined) {
    this.#checkpoint = checkpoint;
    this.#known = new KnownContent(checkpoint?.stateVector, () => this.#updatesWithDeletes());
  }

  get tailBytes(): number {
    return this.#tailBytes;
  }

  judge(facts: UpdateFacts): Judgement {
    return this.#known.judge(facts);
  }

  /** Takes an update behind all others. Keeps `update`, which must not be a view of a larger buffer. */
  add(position: number, update: Uint8Array, facts: UpdateFacts): void {
    this.#known.add(facts);
    this.#tail.push({ position, update });
    this.#tailBytes += update.length;
  }

  /** Lets go of the updates that a newer checkpoint holds. */
  rebase(checkpoint: Checkpoint): void {
    if (checkpoint.position <= (this.#checkpoint?.position ?? 0)) return;
    this.#checkpoint = checkpoint;
    this.#tail = this.#tail.filter(({ position }) => position > checkpoint.position);
    this.#tailBytes = this.#tail.reduce((bytes, { update }) => bytes + update.length, 0);
  }

  encodeStateVector(): Uint8Array {
    return this.#known.encodeStateVector();
  }

  /**
   * The frames that bring a replica with `stateVector` (encoded) up to date: updates first, the step 2 last, so that
   * "synced" means complete.
   *
   * @throws {ProtocolError} MALFORMED: no state vector.
   */
  answerStep1(stateVector: Uint8Array): Uint8Array[] {
    const clocks = decodeStateVector(stateVector);
    const frames: Uint8Array[] = [];
    const state = this.#missingState(stateVector, clocks);
    if (state !== undefined) frames.push(encodeUpdate(state));
    for (const { update } of this.#tail) {
      if (clocks.size === 0 || bringsNews(update, clocks)) frames.push(encodeUpdate(update));
    }
    frames.push(encodeStep2(emptyUpdate));
    return frames;
  }

  #missingState(stateVector: Uint8Array, clocks: ReadonlyMap<number, number>): Uint8Array | undefined {
    const checkpoint = this.#checkpoint;
    if (checkpoint === undefined || clocks.size === 0) return checkpoint?.state;
    // A replica that has all structs may still lack deletes, of which its state vector says nothing.
    if (covers(clocks, Y.decodeStateVector(checkpoint.stateVector))) return checkpoint.deleteSet;
    return Y.diffUpdate(checkpoint.state, stateVector);
  }

  *#updatesWithDeletes(): Iterable<Uint8Array> {
    if (this.#checkpoint !== undefined) yield this.#checkpoint.deleteSet;
    for (const { update } of this.#tail) yield update;
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
