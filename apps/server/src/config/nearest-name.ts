/** How many letters may be wrong, missing or too many in a name that is still recognised. */
const distanceMax = 2;

/** The one of `names` that `text` was most likely meant to be; undefined if it resembles none, or several alike. */
export function nearestName<Name extends string>(text: string, names: readonly Name[]): Name | undefined {
  const longer = names.filter((name) => name.startsWith(`${text}_`));
  if (longer.length === 1) return longer[0];
  const distances = names
    .map((name) => ({ name, distance: editDistance(text, name) }))
    .filter(({ distance }) => distance <= distanceMax)
    .sort((one, other) => one.distance - other.distance);
  const [best, second] = distances;
  return best !== undefined && best.distance < (second?.distance ?? Number.POSITIVE_INFINITY)
    ? best.name
    : undefined;
}

/** How many letters must be put in, taken out or replaced to make one text of the other (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at++) {
      const replaced = (row[at - 1] ?? 0) + (other[at - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
