import * as Y from "yjs";
import type { RoomContent } from "./room-content";

/** Entries up to this size are sent whole, although the client has a part of them. */
const trimmedBytesMin = 512;

/**
 * What a returning client lacks that has named the newest revision it has: records of the log up to a position, and
 * all that the room holds behind it.
 */
export class Resumption {
  readonly #updates: readonly Uint8Array[];
  readonly #position: number;

  /**
   * @param updates records behind the client's revision that the room does not hold any more
   * @param position of the newest record that the client has once it has `updates`
   */
  constructor(updates: readonly Uint8Array[], position: number) {
    this.#updates = updates;
    this.#position = position;
  }

  /**
   * The updates that complete the client, whose state vector (encoded) is given. Undefined if they would not: the
   * checkpoint has meanwhile moved on, or the client has lost something of what it says it has.
   */
  missing(content: RoomContent, stateVector: Uint8Array): readonly Uint8Array[] | undefined {
    const held = content.updatesBehind(this.#position);
    if (held === undefined) return undefined;
    const updates = [...this.#updates, ...held];
    if (!content.isCompletedBy(stateVector, updates)) return undefined;
    const [first, ...rest] = updates;
    if (first === undefined || first.length < trimmedBytesMin) return updates;
    return [Y.diffUpdate(first, stateVector), ...rest];
  }
}
