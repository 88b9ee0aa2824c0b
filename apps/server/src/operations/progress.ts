import { formatBytes } from "./format";

/** Told how far a piece of work has come. Amounts are bytes. */
export interface Progress {
  /** @param total undefined where nobody knows yet how much there is */
  update(done: number, total: number | undefined): void;
  /** Takes away what was drawn. */
  end(): void;
}

export const noProgress: Progress = { update: () => {}, end: () => {} };

/** What of standard error is needed. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A bar is drawn anew at most this often; … */
const barIntervalMs = 100;
/** … where there is no terminal, a line appears. */
const lineIntervalMs = 5000;
const barCellsMax = 40;
/** For terminals that do not say, or say 0. */
const columnsDefault = 80;

/** A bar on a terminal, which `end` takes away; lines elsewhere, none for what is over soon. */
export function createProgress(stream: ProgressStream, label: string, now: () => number): Progress {
  const intervalMs = stream.isTTY ? barIntervalMs : lineIntervalMs;
  let shownAt = stream.isTTY ? Number.NEGATIVE_INFINITY : now();
  let drawn = false;
  return {
    update(done, total) {
      const at = now();
      if (at - shownAt < intervalMs) return;
      shownAt = at;
      if (stream.isTTY)
        stream.write(`\r${drawBar(label, done, total, stream.columns || columnsDefault)}\x1b[K`);
      else stream.write(`${label}: ${describe(done, total)}\n`);
      drawn = true;
    },
    end() {
      if (drawn && stream.isTTY) stream.write("\r\x1b[K");
      drawn = false;
    },
  };
}

function drawBar(label: string, done: number, total: number | undefined, columns: number): string {
  if (total === undefined) return `${label} ${describe(done, total)}`.slice(0, columns - 1);
  // As long at 1% as at 100%, so that the bar keeps its place.
  const text = describe(done, total).padStart(describe(total, total).length);
  const room = columns - label.length - text.length - 3;
  const cells = Math.max(0, Math.min(barCellsMax, room));
  const filled = Math.round(cells * share(done, total));
  const bar = cells === 0 ? "" : `${"█".repeat(filled)}${"░".repeat(cells - filled)} `;
  return `${label} ${bar}${text}`.slice(0, columns - 1);
}

function describe(done: number, total: number | undefined): string {
  if (total === undefined) return formatBytes(done);
  return `${Math.floor(100 * share(done, total))}% of ${formatBytes(total)}`;
}

function share(done: number, total: number): number {
  return total === 0 ? 1 : Math.min(1, done / total);
}
