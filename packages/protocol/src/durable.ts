import * as decoding from "lib0/decoding";
import { ProtocolError } from "./protocol-error";

export interface Durable {
  /**
   * How many sync messages of this connection that carried updates are on disk, counted from its start. 0 makes it a
   * **quiet note**: everything that the server has sent on this connection so far is on disk, and so is everything that
   * it has received on it.
   */
  readonly messages: number;
  /** The newest durable revision of the document: a Snowflake. */
  readonly revision: bigint;
}

/**
 * Reads message 100 after its type.
 *
 * @throws {ProtocolError} MALFORMED: truncated.
 */
export function readDurable(decoder: decoding.Decoder): Durable {
  try {
    const messages = decoding.readVarUint(decoder);
    const revision = decoding.readBigUint64(decoder);
    return { messages, revision };
  } catch (cause) {
    throw new ProtocolError("MALFORMED", "truncated durable message", { cause });
  }
}
