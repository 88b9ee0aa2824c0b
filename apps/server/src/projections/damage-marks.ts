import { type Ulid, ulidFromBytes, ulidTimeMs } from "@scriptorium/ids";
import type { LogError } from "@scriptorium/log";
import { describeDamage } from "../storage/describe-damage";
import { instanceKey } from "../storage/stream";
import type { ProjectionStore } from "./projection-store";

const instance = ulidFromBytes(instanceKey);

/**
 * Marks the documents of which damage in the log may hide something: exactly those, where the damage names their keys;
 * else all that may have had records there. Everything but {@link meet} belongs into a transaction of the store.
 */
export class DamageMarks {
  readonly #store: ProjectionStore;
  #met: LogError[] = [];
  /** The place, of those that do not say whom they concern, behind which the youngest unknown document may hide. */
  #open: ReturnType<ProjectionStore["openDamage"]>;
  /** Documents that came by behind it. */
  readonly #seen = new Set<Ulid>();

  constructor(store: ProjectionStore) {
    this.#store = store;
    this.#open = store.openDamage();
  }

  /** Takes note of a place that reading comes to. What was read before it is to be applied before {@link mark}. */
  meet(damage: LogError): void {
    this.#met.push(damage);
  }

  /** Whether there are places that were met and not marked yet. */
  get areDue(): boolean {
    return this.#met.length > 0;
  }

  mark(): void {
    for (const damage of this.#met) this.#markPlace(damage);
    this.#met = [];
  }

  /** To be told of every record of a document that is read, in order. */
  pass(documentId: Ulid, timeMs: number): void {
    if (this.#open === undefined) return;
    const { because, hiddenUntilMs = timeMs } = this.#open;
    if (this.#open.hiddenUntilMs === undefined) {
      this.#store.closeDamages(timeMs);
      this.#open = { because, hiddenUntilMs };
    }
    // One that was minted later cannot have been hidden.
    if (documentId === instance || ulidTimeMs(documentId) > hiddenUntilMs || this.#seen.has(documentId))
      return;
    this.#seen.add(documentId);
    this.#store.markDamaged(documentId, because, ulidTimeMs(documentId));
  }

  #markPlace(damage: LogError): void {
    const { segment = "", offset = 0, keys } = damage;
    const because = describeDamage(damage);
    const ids = keys?.map(ulidFromBytes);
    // What an unreadable record of the instance says may concern every document.
    const concernsAll = ids === undefined || ids.includes(instance);
    this.#store.noteDamage({ segment, offset, because, hiddenUntilMs: concernsAll ? undefined : 0 });
    for (const id of ids ?? []) {
      if (id !== instance) this.#store.markDamaged(id, because, ulidTimeMs(id));
    }
    if (!concernsAll) return;
    this.#store.markAllDamaged(because);
    this.#open = { because, hiddenUntilMs: undefined };
  }
}
