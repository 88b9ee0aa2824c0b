import { encodeUpdate } from "@scriptorium/protocol";
import * as Y from "yjs";
import { deflateMessageSync } from "../compression/deflate-message";

/** A smaller state gains nothing by compression that anybody would notice. */
const deflatedBytesMin = 16 * 1024;

/** A document's compacted state, and how much of the log it holds. */
export interface Checkpoint {
  /** Position of the newest text record that the state holds. */
  readonly position: number;
  /** Revision of that record. */
  readonly revision: bigint;
  /** `Y.encodeStateAsUpdate` of the document with garbage collection. */
  readonly state: Uint8Array;
  readonly stateVector: Uint8Array;
  /** An update that carries all deletes of `state`, and no structs but pending ones. */
  readonly deleteSet: Uint8Array;
  /** The state as a sync message, deflated for those who open the document; undefined if that is not worth it. */
  readonly deflated: Uint8Array | undefined;
}

/** The checkpoint that is `doc`, which holds the log's text records of the document up to a position. */
export function toCheckpoint(doc: Y.Doc, position: number, revision: bigint): Checkpoint {
  const stateVector = Y.encodeStateVector(doc);
  const state = Y.encodeStateAsUpdate(doc);
  return {
    position,
    revision,
    state,
    stateVector,
    deleteSet: Y.encodeStateAsUpdate(doc, stateVector),
    deflated: state.length < deflatedBytesMin ? undefined : deflateMessageSync(encodeUpdate(state)),
  };
}
