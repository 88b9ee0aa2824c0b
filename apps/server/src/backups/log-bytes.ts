import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** About how large the files in a directory are together. Someone else may be changing it. */
export async function logBytes(directory: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(directory)) {
    sum += await stat(join(directory, name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return sum;
}
