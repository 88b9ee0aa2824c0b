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
    for (const { update } of updates) Y.applyUpdate(doc, update);
  });
  return doc;
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
