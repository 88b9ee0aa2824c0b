import { strings } from "../ui/strings";

/**
 * A name like "Quiet Heron" for somebody who has not given one, in the language of the page.
 *
 * @param random a number from 0 to below 1
 */
export function quietName(random: () => number): string {
  const { manners, birds } = strings.people.quietNames;
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "";
  return `${pick(manners)} ${pick(birds)}`;
}
