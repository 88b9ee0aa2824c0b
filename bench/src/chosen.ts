/** The members of `all` that a comma-separated list names; all of them without a list. Ends the process at an unknown name. */
export function chosen<Item>(
  list: string | undefined,
  all: readonly Item[],
  nameOf: (item: Item) => string,
): Item[] {
  if (list === undefined) return [...all];
  const names = list.split(",");
  const unknown = names.find((name) => !all.some((item) => nameOf(item) === name));
  if (unknown !== undefined) {
    console.error(`There is no ${unknown}; there are ${all.map(nameOf).join(", ")}.`);
    process.exit(1);
  }
  return all.filter((item) => names.includes(nameOf(item)));
}
