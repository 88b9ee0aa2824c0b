import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { ProtocolError } from "./protocol-error";

/** One client's entry in an awareness update; `state` is JSON text, "null" when the client has left. */
export interface AwarenessEntry {
  readonly client: number;
  readonly clock: number;
  readonly state: string;
}

/** Decides about an entry before its state is decoded; `left` says that the client has left. */
export type AwarenessFilter = (client: number, clock: number, left: boolean) => boolean;

/**
 * Reads an awareness update as y-protocols encodes it. States are not parsed, and not even decoded where `wants`
 * refuses them: of what stock clients send, nearly all is an echo.
 *
 * @throws {ProtocolError} MALFORMED: truncated, or bytes left over.
 */
export function readAwarenessUpdate(update: Uint8Array, wants: AwarenessFilter = all): AwarenessEntry[] {
  const entries: AwarenessEntry[] = [];
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    for (let i = 0; i < count; i++) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const from = decoder.pos;
      const length = decoding.readVarUint(decoder);
      if (length > update.length - decoder.pos) throw new Error("truncated");
      const end = decoder.pos + length;
      if (wants(client, clock, isNull(update, decoder.pos, length))) {
        decoder.pos = from;
        entries.push({ client, clock, state: decoding.readVarString(decoder) });
      }
      decoder.pos = end;
    }
    if (decoding.hasContent(decoder)) throw new Error("bytes left over");
  } catch (cause) {
    throw new ProtocolError("MALFORMED", "malformed awareness update", { cause });
  }
  return entries;
}

const all: AwarenessFilter = () => true;

/** Whether the bytes say "null". */
function isNull(bytes: Uint8Array, at: number, length: number): boolean {
  return (
    length === 4 &&
    bytes[at] === 110 &&
    bytes[at + 1] === 117 &&
    bytes[at + 2] === 108 &&
    bytes[at + 3] === 108
  );
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
