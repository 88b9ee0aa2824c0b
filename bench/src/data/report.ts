import type { Run } from "./commands";

export const mebibyte = 1024 * 1024;
const count = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function formatCount(value: number): string {
  return count.format(value);
}

export function formatMebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}

export function printTitle(title: string): void {
  console.log(`\n${title}`);
}

export function printFigure(what: string, figure: string): void {
  console.log(`${what.padEnd(52)}${figure.padStart(24)}`);
}

/** A command with how much of `unit` it did. */
export function printRun(
  what: string,
  { seconds, cpuSeconds, memoryBytes }: Run,
  total: number,
  unit: string,
): void {
  const rate = `${count.format(total / seconds)} ${unit}/s`;
  const memory = `${count.format(memoryBytes / mebibyte)} MiB`;
  const times = `${`${seconds.toFixed(1)} s`.padStart(9)}${`${cpuSeconds.toFixed(1)} s CPU`.padStart(13)}`;
  console.log(`${what.padEnd(36)}${times}${rate.padStart(22)}${memory.padStart(12)}`);
}
