import type { Explanation, MintableScheme } from "@scriptorium/ids";
import type { Randomness } from "./collision-odds";

/** A scheme and, of UUIDs, its version: what there are words for. */
export type SchemeKey =
  | "ulid"
  | "snowflake"
  | "nanoid"
  | `uuid-v${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`
  | "uuid-nil"
  | "uuid-max"
  | "uuid-unknown";

export function schemeKey(explanation: Explanation): SchemeKey {
  if (explanation.scheme !== "uuid") return explanation.scheme;
  const { version } = explanation;
  return typeof version === "number" ? `uuid-v${version}` : `uuid-${version}`;
}

/** What schemes differ in. */
export interface SchemeFacts {
  readonly scheme: MintableScheme;
  /** Characters of the text. */
  readonly characters: number;
  readonly bytes: number;
  /** What of each id is left to chance; undefined where nothing is, and nodes keep ids apart. */
  readonly randomness: Randomness | undefined;
  readonly holdsTime: boolean;
  /** Whether ids sort by the time they were minted: as text, as numbers, or not at all. */
  readonly order: "text" | "number" | "none";
}

export const schemeFacts: readonly SchemeFacts[] = [
  {
    scheme: "ulid",
    characters: 26,
    bytes: 16,
    randomness: { bits: 80, perMillisecond: true },
    holdsTime: true,
    order: "text",
  },
  { scheme: "snowflake", characters: 19, bytes: 8, randomness: undefined, holdsTime: true, order: "number" },
  {
    scheme: "uuid-v7",
    characters: 36,
    bytes: 16,
    randomness: { bits: 74, perMillisecond: true },
    holdsTime: true,
    order: "text",
  },
  {
    scheme: "uuid-v4",
    characters: 36,
    bytes: 16,
    randomness: { bits: 122, perMillisecond: false },
    holdsTime: false,
    order: "none",
  },
  {
    scheme: "nanoid",
    characters: 21,
    bytes: 16,
    randomness: { bits: 126, perMillisecond: false },
    holdsTime: false,
    order: "none",
  },
  {
    scheme: "uuid-v6",
    characters: 36,
    bytes: 16,
    randomness: undefined,
    holdsTime: true,
    order: "text",
  },
  {
    scheme: "uuid-v1",
    characters: 36,
    bytes: 16,
    randomness: undefined,
    holdsTime: true,
    order: "none",
  },
];

/** Orders ids of a scheme as a database would: numbers as numbers, all else as text. */
export function compareIds({ order }: Pick<SchemeFacts, "order">): (a: string, b: string) => number {
  if (order === "number") return (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
}
