import { randomInt } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";

/** How many nodes a Snowflake tells apart. */
const nodes = 1024;

/**
 * The Snowflake node of a data directory where none is configured: chosen by chance at the first start, and kept in
 * `file` from then on. Two directories seldom have the same, and what one of them minted stays of one node.
 *
 * Call it while the log is locked: two processes might choose at the same time.
 */
export async function nodeOfDirectory(file: string): Promise<number> {
  const kept = await readKept(file);
  if (kept !== undefined) return kept;
  const chosen = randomInt(nodes);
  const unfinished = `${file}.tmp`;
  const handle = await open(unfinished, "w");
  try {
    await handle.writeFile(`${chosen}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  return chosen;
}

/** Undefined where there is nothing yet, or something else than a node: revisions stay in order whichever they have. */
async function readKept(file: string): Promise<number | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const node = Number(text);
  return /^\d{1,4}\n?$/.test(text) && node < nodes ? node : undefined;
}
