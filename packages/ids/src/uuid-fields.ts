import { decimal, type FieldPlan } from "./field";

export const binary =
  (length: number) =>
  (value: bigint): string =>
    value.toString(2).padStart(length, "0");

/** The four bits that every UUID of RFC 9562's own layout has at bit 48. */
export const versionField: FieldPlan = {
  name: "version",
  length: 4,
  write: decimal,
  meaning: "which layout the other bits have",
};

/** The two bits that it has at bit 64. */
export const variantField: FieldPlan = {
  name: "variant",
  length: 2,
  write: binary(2),
  meaning: "10: laid out as RFC 9562 says",
};

/** Six octets as `00:1a:2b:…`. */
export function writeNode(node: bigint): string {
  const digits = node.toString(16).padStart(12, "0");
  return (digits.match(/../g) ?? []).join(":");
}

/** Set in a network address that names a group, and so in a node that was made up: no card has such an address. */
export function isMadeUpNode(node: bigint): boolean {
  return ((node >> 40n) & 1n) === 1n;
}

export function meaningOfNode(node: bigint): string {
  return isMadeUpNode(node)
    ? "random: the multicast bit is set, so it is no network card's address"
    : "the address of a network card of the machine that minted it";
}
