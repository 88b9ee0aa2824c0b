import type { Field } from "./field";

/** A moment that an id holds. */
export interface IdTime {
  /** Whole milliseconds since 1970-01-01Z; finer parts are cut off. */
  ms: number;
  /** The same in UTC, as `Date.prototype.toISOString` writes it: years past 9999 have a sign and six digits. */
  iso: string;
}

interface ExplanationBase {
  /** The id as its scheme's specification writes it, however it was given. */
  canonical: string;
  bits: number;
  /** From the most significant bit to the least, without gap or overlap. */
  fields: Field[];
  /** How many bits the scheme fills at random: the most that another would have to guess. */
  entropyBits: number;
  /** Plain sentences for people. */
  notes: string[];
}

export interface UlidExplanation extends ExplanationBase {
  scheme: "ulid";
  time: IdTime;
}

export interface SnowflakeExplanation extends ExplanationBase {
  scheme: "snowflake";
  time: IdTime;
  /** Datacentre and worker as one number, 0–1023. */
  node: number;
  datacentre: number;
  worker: number;
  sequence: number;
  /** What its time would be if another system had minted it, whose ids look the same. */
  elsewhere: { name: string; time: IdTime }[];
}

export interface NanoidExplanation extends ExplanationBase {
  scheme: "nanoid";
}

interface UuidBase extends ExplanationBase {
  scheme: "uuid";
}

/** v1 and its sortable twin v6: time, clock sequence and the node that minted it. */
export interface UuidTimeExplanation extends UuidBase {
  version: 1 | 6;
  time: IdTime;
  sequence: number;
  /** Six octets as `00:1a:…`. */
  node: string;
}

/** v2, DCE security: v1 with its low 32 time bits and 8 clock bits replaced by a local account. */
export interface UuidDceExplanation extends UuidBase {
  version: 2;
  /** The start of the 429 seconds or so within which it was minted. */
  time: IdTime;
  sequence: number;
  node: string;
  /** 0 person, 1 group, 2 organisation; others are the site's own. */
  localDomain: number;
  localId: number;
}

export interface UuidUnixTimeExplanation extends UuidBase {
  version: 7;
  time: IdTime;
}

/** No time and no node: v3 and v5 hash a name, v4 is random, v8 its maker's own, nil and max are constants. */
export interface UuidPlainExplanation extends UuidBase {
  /** "unknown": a version that RFC 9562 does not define, or a layout other than the RFC's. */
  version: 3 | 4 | 5 | 8 | "nil" | "max" | "unknown";
}

export type UuidExplanation =
  | UuidTimeExplanation
  | UuidDceExplanation
  | UuidUnixTimeExplanation
  | UuidPlainExplanation;

/** What an id says. Plain data: it goes through JSON unchanged. */
export type Explanation = UlidExplanation | SnowflakeExplanation | UuidExplanation | NanoidExplanation;

/** @throws {RangeError} outside what a `Date` holds; no scheme here reaches that. */
export function idTime(ms: number): IdTime {
  return { ms, iso: new Date(ms).toISOString() };
}
