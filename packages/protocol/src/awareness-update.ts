import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { ProtocolError } from "./protocol-error";

/** One client's entry in an awareness update; `state` is JSON text, "null" when the client has left. */
export interface AwarenessEntry {
  readonly client: number;
  readonly clock: number;
  readonly state: string;
}

/**
 * Reads an awareness update as y-protocols encodes it. States are not parsed.
 *
 * @throws {ProtocolError} MALFORMED: truncated, or bytes left over.
 */
export function readAwarenessUpdate(update: Uint8Array): AwarenessEntry[] {
  const entries: AwarenessEntry[] = [];
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    for (let i = 0; i < count; i++) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      entries.push({ client, clock, state: decoding.readVarString(decoder) });
    }
    if (decoding.hasContent(decoder)) throw new Error("bytes left over");
  } catch (cause) {
    throw new ProtocolError("MALFORMED", "malformed awareness update", { cause });
  }
  return entries;
}

/** The inverse of {@link readAwarenessUpdate}. */
export function writeAwarenessUpdate(entries: readonly AwarenessEntry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
  }
  return encoding.toUint8Array(encoder);
}
