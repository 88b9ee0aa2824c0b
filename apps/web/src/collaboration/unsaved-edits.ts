import type { DeviceStore } from "../ui/device-store";

const prefix = "unsaved.";

/**
 * How many edits of one document wait on this device, kept over reloads. Every tab keeps its own count, because each
 * counts only what it has seen; a tab that opens takes over what closed tabs left (their edits are in the local copy
 * that it loads).
 */
export class UnsavedEditsMemory {
  readonly #store: DeviceStore;
  readonly #prefix: string;
  readonly #own: string;
  #isNoted = false;

  /** @param tabId differs between all tabs that are open at the same time */
  constructor(store: DeviceStore, documentId: string, tabId: string) {
    this.#store = store;
    this.#prefix = `${prefix}${documentId}.`;
    this.#own = `${this.#prefix}${tabId}`;
  }

  /** The sum of what earlier visits left. From now on it is this tab's to keep. */
  takeOver(): number {
    let sum = 0;
    for (const key of this.#store.keys(this.#prefix)) {
      sum += readCount(this.#store.get(key));
      this.#store.remove(key);
    }
    this.keep(sum);
    return sum;
  }

  /** What any tab noted is of no concern any more: the document starts afresh on this device. */
  forgetAll(): void {
    for (const key of this.#store.keys(this.#prefix)) this.#store.remove(key);
  }

  /** Whether another tab, open or closed by now, has unsaved edits of this document. */
  othersWait(): boolean {
    return this.#store.keys(this.#prefix).some((key) => key !== this.#own);
  }

  /** The largest number of edits that another tab has noted. */
  elsewhere(): number {
    const others = this.#store.keys(this.#prefix).filter((key) => key !== this.#own);
    return Math.max(0, ...others.map((key) => readCount(this.#store.get(key))));
  }

  keep(edits: number): void {
    if (edits > 0) this.#store.set(this.#own, String(edits));
    else if (this.#isNoted) this.#store.remove(this.#own);
    this.#isNoted = edits > 0;
  }
}

/** How many edits wait on this device, by the id that documents are counted under. Those without any are left out. */
export function listUnsavedEdits(store: DeviceStore): ReadonlyMap<string, number> {
  const edits = new Map<string, number>();
  for (const key of store.keys(prefix)) {
    const [, id = ""] = key.split(".");
    const count = readCount(store.get(key));
    if (count > 0) edits.set(id, (edits.get(id) ?? 0) + count);
  }
  return edits;
}

function readCount(text: string | undefined): number {
  const count = Number(text);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}
