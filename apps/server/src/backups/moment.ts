import { parseSnowflake, snowflakeAtTime } from "@scriptorium/ids";
import { OperationError } from "../operations/operation-error";

const isoTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * The highest revision of the moment that `text` names: a revision itself, or a time in ISO 8601, of which all of its
 * last millisecond counts. A time without a zone is local; a date alone is its first moment in UTC.
 *
 * @throws {OperationError} USAGE
 */
export function parseMoment(text: string): bigint {
  const revision = parseSnowflake(text);
  if (revision !== undefined) return revision;
  const timeMs = isoTime.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(timeMs)) {
    throw new OperationError(
      "USAGE",
      `--at takes a time, as in 2026-01-31T18:00:00Z, or a revision, not ${text}`,
    );
  }
  const next = snowflakeAtTime(timeMs + 1);
  return next === 0n ? 0n : next - 1n;
}
