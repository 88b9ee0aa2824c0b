import { IdError } from "./id-error";

/** The time of which Snowflakes count their milliseconds: 2024-01-01Z. */
export const snowflakeEpochMs = Date.UTC(2024, 0, 1);

/** The highest Snowflake: 63 bits, so that it is positive also where 64-bit integers are signed. */
export const snowflakeMax = 2n ** 63n - 1n;

/** The newest time that a Snowflake can hold, in milliseconds since 1970: in September 2093. */
export const snowflakeTimeMaxMs = snowflakeEpochMs + 2 ** 41 - 1;

/** What a Snowflake says. `node` is datacentre and worker together, as the generator was given it. */
export interface SnowflakeParts {
  /** Milliseconds since 1970-01-01Z. */
  timeMs: number;
  /** 0–31. */
  datacentre: number;
  /** 0–31. */
  worker: number;
  /** 0–1023. */
  node: number;
  /** 0–4095: counts the ids of one node in one millisecond. */
  sequence: number;
}

/**
 * The Snowflake that `text` spells in decimal, or undefined: digits alone, no sign, no leading zero, at most 63
 * bits. `0` is accepted; no generator mints it, so it can stand for "before all".
 */
export function parseSnowflake(text: string): bigint | undefined {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) {
    return undefined;
  }
  const id = BigInt(text);
  return id <= snowflakeMax ? id : undefined;
}

/** @throws {IdError} ID_OUT_OF_RANGE: negative, or more than 63 bits. */
export function snowflakeParts(id: bigint): SnowflakeParts {
  if (id < 0n || id > snowflakeMax) {
    throw new IdError("ID_OUT_OF_RANGE", `${id} is no Snowflake: 0 to 2^63 - 1`);
  }
  const low = Number(id & 0x3fffffn);
  return {
    timeMs: snowflakeEpochMs + Number(id >> 22n),
    datacentre: low >> 17,
    worker: (low >> 12) & 0x1f,
    node: low >> 12,
    sequence: low & 0xfff,
  };
}

/**
 * The lowest id of the millisecond that holds `timeMs`: ids at or above it were minted then or later. Times that
 * a Snowflake cannot hold give the nearest end of the range, so that one may seek to any time.
 *
 * @throws {IdError} TIME_OUT_OF_RANGE: `timeMs` is not a number.
 */
export function snowflakeAtTime(timeMs: number): bigint {
  if (Number.isNaN(timeMs)) {
    throw new IdError("TIME_OUT_OF_RANGE", "a time that is not a number has no Snowflake");
  }
  if (timeMs < snowflakeEpochMs) {
    return 0n;
  }
  const sinceEpochMs = Math.floor(timeMs) - snowflakeEpochMs;
  return sinceEpochMs < 2 ** 41 ? BigInt(sinceEpochMs) << 22n : snowflakeMax;
}
