import { idTime, type SnowflakeExplanation } from "./explanation";
import { decimal, tileFields } from "./field";
import { snowflakeParts } from "./snowflake";

// Both lay out their 64 bits as here, time in the upper 42, and count from their own epoch. Twitter's is
// 2010-11-04T01:42:54.657Z, Discord's 2015-01-01Z.
const otherEpochs = [
  { name: "Twitter", epochMs: 1288834974657 },
  { name: "Discord", epochMs: Date.UTC(2015, 0, 1) },
];

/**
 * The bit layout is drawn at `SnowflakeGenerator`.
 *
 * @throws {IdError} ID_OUT_OF_RANGE: negative, or more than 63 bits.
 */
export function explainSnowflake(id: bigint): SnowflakeExplanation {
  const { timeMs, ...parts } = snowflakeParts(id);
  const time = idTime(timeMs);
  return {
    scheme: "snowflake",
    canonical: id.toString(),
    bits: 64,
    fields: tileFields(id, 64, [
      { name: "sign", length: 1, write: decimal, meaning: "always 0, so that signed integers hold it" },
      { name: "time", length: 41, write: decimal, meaning: `milliseconds since 2024-01-01Z: ${time.iso}` },
      { name: "datacentre", length: 5, write: decimal, meaning: "where it was minted" },
      { name: "worker", length: 5, write: decimal, meaning: "which process there minted it" },
      { name: "sequence", length: 12, write: decimal, meaning: "counts the ids of that millisecond" },
    ]),
    time,
    ...parts,
    elsewhere: otherEpochs.map(({ name, epochMs }) => ({
      name,
      time: idTime(epochMs + Number(id >> 22n)),
    })),
    entropyBits: 0,
    notes: notesOn(id),
  };
}

function notesOn(id: bigint): string[] {
  const sinceEpochMs = Number(id >> 22n);
  const smallNumber =
    sinceEpochMs === 0
      ? ["It lies in the first millisecond of the epoch: it may be a plain number, not an id."]
      : [];
  const elsewhere = otherEpochs.map(
    ({ name, epochMs }) => `Minted by ${name}, its time would be ${idTime(epochMs + sinceEpochMs).iso}.`,
  );
  return [
    ...smallNumber,
    "Orders by the time it was minted, and nothing in it is random: it is no secret.",
    "A decimal number does not say whose epoch it counts from; this reading takes ours, 2024-01-01Z.",
    ...elsewhere,
  ];
}
