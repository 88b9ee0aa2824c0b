import type { Ulid } from "./brand";
import { bytesToBigInt } from "./bytes";
import { idTime, type UlidExplanation } from "./explanation";
import { decimal, tileFields } from "./field";
import { ulidTimeMs, ulidToBytes } from "./ulid";
import { formatUuid } from "./uuid";

/** The bit layout is drawn at `UlidGenerator`. */
export function explainUlid(id: Ulid): UlidExplanation {
  const value = bytesToBigInt(ulidToBytes(id));
  const time = idTime(ulidTimeMs(id));
  return {
    scheme: "ulid",
    canonical: id,
    bits: 128,
    fields: tileFields(value, 128, [
      { name: "time", length: 48, write: decimal, meaning: `milliseconds since 1970: ${time.iso}` },
      { name: "random", length: 80, meaning: "random, or one more than the id minted before it" },
    ]),
    time,
    entropyBits: 80,
    notes: [
      "Sorts by the time it was minted, as text and as bytes.",
      "Within one millisecond a monotonic generator counts up, so an id may be guessed from its neighbours: it is no secret.",
      `The same 128 bits written as a UUID: ${formatUuid(value)}.`,
    ],
  };
}
