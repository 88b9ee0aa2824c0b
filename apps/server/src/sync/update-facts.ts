import { ProtocolError } from "@scriptorium/protocol";
import * as Y from "yjs";
import type { ClockRange } from "../updates/clock-ranges";

/** What an update brings, without its content. */
export interface UpdateFacts {
  /** Structs, as runs without gaps, in the update's order. */
  readonly structs: readonly ClockRange[];
  readonly deletes: readonly ClockRange[];
  /** For each other client that the structs refer to, the clock behind the newest struct that they need. */
  readonly references: ReadonlyMap<number, number>;
}

/**
 * Decodes an update and tells what is in it.
 *
 * @throws {ProtocolError} MALFORMED: Yjs cannot decode it, or could not apply it.
 */
export function readUpdateFacts(update: Uint8Array): UpdateFacts {
  const { structs, ds } = decode(update);
  const references = new Map<number, number>();
  const runs: { client: number; from: number; to: number }[] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    assertSound(struct);
    if (struct instanceof Y.Item) noteReferences(struct, references);
    const { client, clock } = struct.id;
    const last = runs.at(-1);
    if (last !== undefined && last.client === client && last.to === clock) last.to += struct.length;
    else runs.push({ client, from: clock, to: clock + struct.length });
  }
  const deletes: ClockRange[] = [];
  for (const [client, items] of ds.clients) {
    for (const { clock, len } of items) {
      if (len < 1) throw new ProtocolError("MALFORMED", "a deletion of nothing");
      deletes.push({ client, from: clock, to: clock + len });
    }
  }
  return { structs: runs, deletes, references };
}

function noteReferences({ id, origin, rightOrigin, parent }: Y.Item, references: Map<number, number>): void {
  for (const reference of [origin, rightOrigin, parent]) {
    if (!(reference instanceof Y.ID) || reference.client === id.client) continue;
    references.set(reference.client, Math.max(references.get(reference.client) ?? 0, reference.clock + 1));
  }
}

/** Such structs decode, but Yjs throws when it applies them, half-way through the update. */
function assertSound(struct: Y.Item | Y.GC): void {
  if (struct.length < 1) throw new ProtocolError("MALFORMED", "a struct without length");
  if (struct instanceof Y.GC) return;
  const { id, origin, rightOrigin, parent } = struct;
  for (const reference of [origin, rightOrigin, parent]) {
    if (reference instanceof Y.ID && reference.client === id.client && reference.clock >= id.clock) {
      throw new ProtocolError("MALFORMED", "a struct refers to one that comes after it");
    }
  }
}

function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    return Y.decodeUpdate(update);
  } catch (cause) {
    throw new ProtocolError("MALFORMED", "the update cannot be decoded", { cause });
  }
}
