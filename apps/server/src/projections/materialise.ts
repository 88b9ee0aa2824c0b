import * as Y from "yjs";

export interface PositionedUpdate {
  readonly position: number;
  readonly update: Uint8Array;
}

export interface Quarantined {
  readonly position: number;
  readonly error: string;
}

export interface Materialised {
  readonly doc: Y.Doc;
  /** Updates that threw when applied; the document is what the others make. */
  readonly quarantined: readonly Quarantined[];
}

const mergedAtOnce = 64;
const emptyUpdate = Uint8Array.of(0, 0);

/**
 * Builds the document out of a checkpoint's state and the updates behind it. The caller destroys the document.
 *
 * All updates are applied in one transaction. If that throws, which a poisonous update causes, they are applied one by
 * one to find it, and it is left out.
 */
export function materialise(
  state: Uint8Array | undefined,
  updates: readonly PositionedUpdate[],
): Materialised {
  try {
    return { doc: applyTogether(state, updates), quarantined: [] };
  } catch {
    return applyOneByOne(state, updates);
  }
}

function applyTogether(state: Uint8Array | undefined, updates: readonly PositionedUpdate[]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    if (state !== undefined) Y.applyUpdate(doc, state);
    for (const [index, { update }] of updates.entries()) {
      Y.applyUpdate(doc, update);
      if (!waits(doc)) continue;
      // Each further update would be merged with all that waits, one by one.
      const rest = updates.slice(index + 1).map((positioned) => positioned.update);
      if (rest.length > 0) Y.applyUpdate(doc, mergeInSteps(rest));
      break;
    }
  });
  return doc;
}

/** Whether there is something that follows on what is missing, as damage in the log leaves it. */
function waits({ store }: Y.Doc): boolean {
  return store.pendingStructs !== null || store.pendingDs !== null;
}

/** Merges updates a few at a time: to merge N at once takes time in the square of N. */
function mergeInSteps(updates: Uint8Array[]): Uint8Array {
  let merged = updates;
  while (merged.length > 1) {
    const next: Uint8Array[] = [];
    for (let at = 0; at < merged.length; at += mergedAtOnce) {
      next.push(Y.mergeUpdates(merged.slice(at, at + mergedAtOnce)));
    }
    merged = next;
  }
  return merged[0] ?? emptyUpdate;
}

function applyOneByOne(state: Uint8Array | undefined, updates: readonly PositionedUpdate[]): Materialised {
  const quarantined: Quarantined[] = [];
  const good: PositionedUpdate[] = [];
  let doc = applyTogether(state, []);
  for (const positioned of updates) {
    try {
      Y.applyUpdate(doc, positioned.update);
      good.push(positioned);
    } catch (error) {
      quarantined.push({ position: positioned.position, error: String(error) });
      // What threw half-way may have left half of itself behind: start again from what is known to be good.
      doc.destroy();
      doc = applyTogether(state, good);
    }
  }
  return { doc, quarantined };
}
