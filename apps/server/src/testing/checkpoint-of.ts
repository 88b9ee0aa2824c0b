import type * as Y from "yjs";
import { type Checkpoint, toCheckpoint } from "../projections/checkpoint";

/** What the projections would keep of `doc` at a position of the log. */
export function checkpointOf(doc: Y.Doc, position: number): Checkpoint {
  return toCheckpoint(doc, position, BigInt(position) * 1000n);
}
