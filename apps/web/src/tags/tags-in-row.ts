/** More are told by their number: a row is there for its title. */
const shownMax = 4;

/** Which of a document's tags its row shows, and which it does not. */
export function tagsInRow(tags: readonly string[]): {
  readonly shown: readonly string[];
  readonly rest: readonly string[];
} {
  // One more takes no more room than its number.
  const end = tags.length === shownMax + 1 ? tags.length : shownMax;
  return { shown: tags.slice(0, end), rest: tags.slice(end) };
}
