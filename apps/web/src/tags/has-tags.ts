import { tagKey } from "@scriptorium/protocol";

/** Whether a document has all of some tags. Of one whose tags are not known, that cannot be said. */
export function hasTags(tags: readonly string[] | undefined, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const keys = new Set(tags?.map(tagKey));
  return wanted.every((tag) => keys.has(tagKey(tag)));
}
