import { explainSnowflake } from "./explain-snowflake";
import { explainUlid } from "./explain-ulid";
import { explainUuid } from "./explain-uuid";
import type { Explanation } from "./explanation";
import { explainNanoid, isNanoid } from "./nanoid";
import { parseSnowflake } from "./snowflake";
import { parseUlid } from "./ulid";
import { parseUuid } from "./uuid";

/**
 * Every scheme that `text` may be an id of, most likely first; empty if there is none. Space around the text is
 * ignored. Never throws, and knows nothing of what exists: it reads the bits.
 *
 * As the schemes stand their lengths tell them apart, so at most one fits; a caller should still show all.
 */
export function explain(text: string): Explanation[] {
  const id = text.trim();
  const ulid = parseUlid(id);
  const snowflake = parseSnowflake(id);
  const uuid = parseUuid(id);
  const readings: Explanation[] = [];
  if (ulid !== undefined) {
    readings.push(explainUlid(ulid));
  }
  if (uuid !== undefined) {
    readings.push(explainUuid(uuid));
  }
  if (snowflake !== undefined) {
    readings.push(explainSnowflake(snowflake));
  }
  if (isNanoid(id)) {
    readings.push(explainNanoid(id));
  }
  return readings;
}
