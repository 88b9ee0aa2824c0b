import { snowflakeMax, snowflakeParts } from "@scriptorium/ids";

/** When a revision was minted, in milliseconds since 1970; undefined if it is no Snowflake, or none at all. */
export function timeOf(revision: bigint): number | undefined {
  return revision === 0n || revision > snowflakeMax ? undefined : snowflakeParts(revision).timeMs;
}
