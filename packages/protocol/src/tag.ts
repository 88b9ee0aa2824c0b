/** How many tags a document can have. */
export const tagsMax = 20;
/** Of a tag, in characters as Unicode counts them. */
export const tagLengthMax = 40;

/** What keeps a text from being a tag. */
export type TagFault = "empty" | "tooLong" | "control" | "comma";

/** A text as it is stored if it becomes a tag. */
export function trimTag(text: string): string {
  return text.normalize("NFC").trim();
}

/** Why a text that {@link trimTag} returned is no tag; undefined if it is one. */
export function faultOfTag(tag: string): TagFault | undefined {
  // What nobody can see could not be told from another.
  if (/^[\p{Cf}\p{Z}]*$/u.test(tag)) return "empty";
  // Halves of surrogate pairs are no characters.
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(tag)) return "control";
  if (tag.includes(",")) return "comma";
  return [...tag].length > tagLengthMax ? "tooLong" : undefined;
}

/** What tags are compared by: those that differ in nothing but case are the same. */
export function tagKey(tag: string): string {
  return tag.toLowerCase().normalize("NFC");
}

/** The tags without those that an earlier one is the same as. */
export function distinctTags(tags: Iterable<string>): string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) {
    const key = tagKey(tag);
    if (!byKey.has(key)) byKey.set(key, tag);
  }
  return [...byKey.values()];
}
