import { distinctTags, faultOfTag, type TagFault, tagKey, tagsMax, trimTag } from "@scriptorium/protocol";

/** What comes of typing tags. */
export interface TagEntry {
  readonly tags: readonly string[];
  /** What was typed and is no tag, to be corrected; empty if all went well. */
  readonly rest: string;
  /** Why it is none. */
  readonly fault: TagFault | "tooMany" | undefined;
}

/**
 * Adds what was typed, one tag or several between commas, to the tags of a document.
 *
 * @param known the tags in use: whoever types one of them gets it as the others spell it
 */
export function enterTags(tags: readonly string[], typed: string, known: readonly string[]): TagEntry {
  let entry: TagEntry = { tags, rest: "", fault: undefined };
  for (const text of typed.split(",").map(trimTag)) {
    if (text === "") continue;
    const spelling = known.find((tag) => tagKey(tag) === tagKey(text)) ?? text;
    const next = distinctTags([...entry.tags, spelling]);
    const fault = faultOfTag(text) ?? (next.length > tagsMax ? "tooMany" : undefined);
    if (fault === undefined) entry = { ...entry, tags: next };
    else if (entry.fault === undefined) entry = { ...entry, rest: text, fault };
  }
  return entry;
}
