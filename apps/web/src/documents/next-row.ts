/** Which of `count` rows (at least one) a key leads to from row `current`; undefined if the key leads nowhere. */
export function nextRow(key: string, current: number, count: number): number | undefined {
  if (key === "ArrowDown") return Math.min(current + 1, count - 1);
  if (key === "ArrowUp") return Math.max(current - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}
