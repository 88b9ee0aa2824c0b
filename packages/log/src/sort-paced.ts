import type { Pacer } from "./pacer";

const runLength = 256;

/** Merge sort by UTF-16 code units, in slices. @throws {Stopped} */
export async function sortPaced(values: string[], pacer: Pacer): Promise<string[]> {
  let runs: string[][] = [];
  for (let start = 0; start < values.length; start += runLength) {
    runs.push(values.slice(start, start + runLength).sort());
    await pacer.breathe();
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(await merge(runs[index] ?? [], runs[index + 1] ?? [], pacer));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(left: string[], right: string[], pacer: Pacer): Promise<string[]> {
  const merged: string[] = [];
  let next = 0;
  for (const value of left) {
    for (let other = right[next]; other !== undefined && other < value; other = right[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(value);
    if (merged.length % runLength === 0) await pacer.breathe();
  }
  for (; next < right.length; next += 1) merged.push(right[next] ?? "");
  return merged;
}
