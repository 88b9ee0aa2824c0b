import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** What the scenarios have in common. */
export interface Workbench {
  /** Path of something in the directory of this run, which is removed in the end. */
  readonly at: (name: string) => string;
  readonly documents: number;
  readonly pads: number;
  /** Of each pad. */
  readonly revisions: number;
  readonly rounds: number;
  /** A data directory with so many documents, imported from files, that the scenario has to itself. */
  readonly importedData: () => Promise<string>;
}

export interface Scenario {
  readonly name: string;
  readonly run: (bench: Workbench) => Promise<void>;
}

/** Size of all files below a directory. */
export async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true });
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? sizeOf(path) : (await stat(path)).size;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
