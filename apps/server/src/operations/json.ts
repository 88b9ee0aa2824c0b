/** One line of JSON. Revisions exceed its numbers: they become decimal strings. */
export function toJsonLine(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "bigint" ? String(item) : item,
  );
  return `${text}\n`;
}
