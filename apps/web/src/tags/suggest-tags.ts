import { tagKey } from "@scriptorium/protocol";
import { foldText } from "../documents/local-search";

const suggestionsMax = 8;

/** Tags in use, the most used first, that what is typed may become; those first that begin with it. */
export function suggestTags(
  known: readonly string[],
  chosen: readonly string[],
  typed: string,
): readonly string[] {
  const keys = new Set(chosen.map(tagKey));
  const text = foldText(typed.trim());
  const found = known.filter((tag) => !keys.has(tagKey(tag)) && foldText(tag).includes(text));
  const begins = found.filter((tag) => foldText(tag).startsWith(text));
  return [...new Set([...begins, ...found])].slice(0, suggestionsMax);
}
