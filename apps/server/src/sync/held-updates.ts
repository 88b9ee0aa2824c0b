import { ProtocolError } from "@scriptorium/protocol";
import type { UpdateFacts } from "./update-facts";

export interface HeldUpdate {
  /** Its number among the connection's messages that carried updates, from 1. */
  readonly message: number;
  readonly update: Uint8Array;
  readonly facts: UpdateFacts;
}

const heldMax = 1024;
const heldBytesMax = 1024 * 1024;

/** Updates of one connection that follow on edits which have not arrived, oldest first. */
export class HeldUpdates {
  #held: HeldUpdate[] = [];
  #bytes = 0;

  /** Number of the oldest held message. */
  get firstMessage(): number | undefined {
    return this.#held[0]?.message;
  }

  /** @throws {ProtocolError} MALFORMED: more than a client in good order can have under way. */
  add(held: HeldUpdate): void {
    this.#held.push(held);
    this.#bytes += held.update.length;
    if (this.#held.length > heldMax || this.#bytes > heldBytesMax) {
      throw new ProtocolError("MALFORMED", "too many updates that follow on edits which were never sent");
    }
  }

  takeAll(): readonly HeldUpdate[] {
    const held = this.#held;
    this.#held = [];
    this.#bytes = 0;
    return held;
  }
}
