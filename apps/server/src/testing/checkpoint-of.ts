import * as Y from "yjs";
import type { Checkpoint } from "../projections/checkpoint";

/** What the projections would keep of `doc` at a position of the log. */
export function checkpointOf(doc: Y.Doc, position: number): Checkpoint {
  const stateVector = Y.encodeStateVector(doc);
  return {
    position,
    revision: BigInt(position) * 1000n,
    state: Y.encodeStateAsUpdate(doc),
    stateVector,
    deleteSet: Y.encodeStateAsUpdate(doc, stateVector),
  };
}
