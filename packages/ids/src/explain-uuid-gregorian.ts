import { idTime, type UuidDceExplanation, type UuidTimeExplanation } from "./explanation";
import { decimal, type FieldPlan, tileFields } from "./field";
import { formatUuid } from "./uuid";
import { gregorianTicksToMs } from "./uuid-clock";
import { isMadeUpNode, meaningOfNode, variantField, versionField, writeNode } from "./uuid-fields";

const nodeField: FieldPlan = { name: "node", length: 48, write: writeNode, meaning: meaningOfNode };

const sequenceField: FieldPlan = {
  name: "clock_seq",
  length: 14,
  write: decimal,
  meaning: "changes when the clock is set back, or at each start",
};

const localDomains = ["person", "group", "organisation"];

/** v1 keeps the low time bits first, so it does not sort; v6 is the same with the high bits first, so it does. */
export function explainGregorianUuid(value: bigint, version: 1 | 6): UuidTimeExplanation {
  const ticks = version === 1 ? timestampOfV1(value) : timestampOfV6(value);
  const node = BigInt.asUintN(48, value);
  const time = idTime(gregorianTicksToMs(ticks));
  return {
    scheme: "uuid",
    version,
    canonical: formatUuid(value),
    bits: 128,
    fields: tileFields(value, 128, [
      ...(version === 1 ? timeFieldsOfV1 : timeFieldsOfV6),
      variantField,
      sequenceField,
      nodeField,
    ]),
    time,
    sequence: Number(BigInt.asUintN(14, value >> 48n)),
    node: writeNode(node),
    entropyBits: isMadeUpNode(node) ? 61 : 14,
    notes: [
      `The time is ${ticks} ticks of 100 nanoseconds since 1582-10-15Z.`,
      version === 1
        ? "Does not sort by time: the low bits of the time come first."
        : "Sorts by time: v6 is v1 with the high bits of the time first.",
      isMadeUpNode(node)
        ? "The node is random and names no machine."
        : "The node is a network address: it tells which machine minted the id.",
    ],
  };
}

/** v2 is hardly used; DCE 1.1 describes it and RFC 9562 only reserves it. */
export function explainDceUuid(value: bigint): UuidDceExplanation {
  const node = BigInt.asUintN(48, value);
  // The local id has taken the place of the low 32 bits.
  const earliestTicks = (timestampOfV1(value) >> 32n) << 32n;
  const time = idTime(gregorianTicksToMs(earliestTicks));
  const localDomain = Number(BigInt.asUintN(8, value >> 48n));
  const localId = Number(value >> 96n);
  const domainName = localDomains[localDomain] ?? "one that the site defines";
  return {
    scheme: "uuid",
    version: 2,
    canonical: formatUuid(value),
    bits: 128,
    fields: tileFields(value, 128, [
      { name: "local_id", length: 32, write: decimal, meaning: "the account's number on the machine" },
      { name: "time_mid", length: 16, meaning: "bits 32 to 47 of the time" },
      versionField,
      { name: "time_high", length: 12, meaning: "bits 48 to 59 of the time" },
      variantField,
      { name: "clock_seq", length: 6, write: decimal, meaning: "what is left of the clock sequence" },
      { name: "local_domain", length: 8, write: decimal, meaning: `what the local id counts: ${domainName}` },
      nodeField,
    ]),
    time,
    sequence: Number(BigInt.asUintN(6, value >> 56n)),
    node: writeNode(node),
    localDomain,
    localId,
    entropyBits: isMadeUpNode(node) ? 53 : 6,
    notes: [
      `A DCE security id: it names a local account (${domainName} ${localId}).`,
      "The low 32 bits of its time are missing, so it was minted within 430 seconds after the time shown.",
    ],
  };
}

const timeFieldsOfV1: FieldPlan[] = [
  { name: "time_low", length: 32, meaning: "bits 0 to 31 of the time" },
  { name: "time_mid", length: 16, meaning: "bits 32 to 47 of the time" },
  versionField,
  { name: "time_high", length: 12, meaning: "bits 48 to 59 of the time" },
];

const timeFieldsOfV6: FieldPlan[] = [
  { name: "time_high", length: 32, meaning: "bits 28 to 59 of the time" },
  { name: "time_mid", length: 16, meaning: "bits 12 to 27 of the time" },
  versionField,
  { name: "time_low", length: 12, meaning: "bits 0 to 11 of the time" },
];

function timestampOfV1(value: bigint): bigint {
  const low = value >> 96n;
  const mid = BigInt.asUintN(16, value >> 80n);
  const high = BigInt.asUintN(12, value >> 64n);
  return (high << 48n) | (mid << 32n) | low;
}

function timestampOfV6(value: bigint): bigint {
  const highAndMid = value >> 80n;
  const low = BigInt.asUintN(12, value >> 64n);
  return (highAndMid << 12n) | low;
}
