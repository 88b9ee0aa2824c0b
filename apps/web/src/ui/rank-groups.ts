import { defaultFilter } from "cmdk";

interface Item {
  readonly label: string;
  readonly keywords?: readonly string[];
}

interface Group<Kind extends Item> {
  readonly heading?: string;
  readonly items: readonly Kind[];
}

/**
 * What matches `search`, the best first: items within their group, and groups by their best item. A label counts for
 * more than other words. (cmdk itself would leave the groups as they are, and count ids as words.)
 */
export function rankGroups<Kind extends Item>(
  groups: readonly Group<Kind>[],
  search: string,
): readonly Group<Kind>[] {
  if (search.trim() === "") return groups.filter(({ items }) => items.length > 0);
  return groups
    .map((group) => {
      const ranked = group.items
        .map((item) => ({ item, score: scoreOf(item, search) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score);
      return { group: { ...group, items: ranked.map(({ item }) => item) }, best: ranked[0]?.score ?? 0 };
    })
    .filter(({ best }) => best > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ group }) => group);
}

function scoreOf({ label, keywords = [] }: Item, search: string): number {
  return Math.max(defaultFilter(label, search), ...keywords.map((word) => defaultFilter(word, search) / 2));
}
