import { tagKey } from "@scriptorium/protocol";

/** What was typed into the search field, and the tag that was meant by its end. */
export interface TakenTag {
  readonly query: string;
  /** As it is spelt elsewhere. */
  readonly tag: string;
}

/**
 * Takes `#tag` and a space at the end of what was typed for a tag to filter by; undefined if no such tag is in use: `#`
 * stands in texts, too.
 */
export function takeTag(typed: string, known: readonly string[]): TakenTag | undefined {
  const [end, name] = /(?:^|\s)#(\S+)\s$/u.exec(typed) ?? [];
  if (end === undefined || name === undefined) return undefined;
  const tag = known.find((each) => tagKey(each) === tagKey(name.normalize("NFC")));
  return tag === undefined ? undefined : { query: typed.slice(0, -end.length), tag };
}
