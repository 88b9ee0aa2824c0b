import { distinctTags } from "@scriptorium/protocol";
import type { ListChoice } from "../documents/list-choice";
import { takeTag } from "./take-tag";
import { useTags } from "./useTags";

/**
 * Has `#tag` and a space in the search field filter by this tag.
 *
 * @param typed what the field shows
 * @param show shows something else there
 * @returns takes what is typed
 */
export function useTypedTag(
  typed: string,
  show: (text: string) => void,
  { tags }: ListChoice,
  onTags: (tags: readonly string[]) => void,
): (text: string) => void {
  const known = useTags(typed.includes("#")).data?.map(({ tag }) => tag) ?? [];
  return (text) => {
    const taken = takeTag(text, known);
    show(taken?.query ?? text);
    if (taken !== undefined) onTags(distinctTags([...tags, taken.tag]));
  };
}
