const counts = new Intl.NumberFormat("en");
const units = ["B", "KiB", "MiB", "GiB", "TiB"];

/** `1,234` */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1,234 records`, `1 record` */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `1.5 MiB` */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`;
}

/** UTC; `–` for what has no time. */
export function formatTime(timeMs: number | undefined): string {
  return timeMs === undefined ? "–" : new Date(timeMs).toISOString();
}

/** Lines up the columns under their headings; a heading that starts with a space aligns its column to the right. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = headings.map((heading) => heading.startsWith(" "));
  return formatColumns([headings.map((heading) => heading.trimStart()), ...rows], right);
}

/** Lines up the columns; those for which `right` is true are aligned to the right. */
export function formatColumns(rows: readonly (readonly string[])[], right: readonly boolean[] = []): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return right[column] ? cell.padStart(width) : cell.padEnd(width);
  };
  return rows.map((row) => `${row.map(pad).join("  ").trimEnd()}\n`).join("");
}
