import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "./repository";

/** Lays out, of what is built, what the image holds: the package with the one dependency that it has. */
export async function layOutImage(directory: string): Promise<void> {
  const script = join(repository, "scripts/package.mjs");
  await promisify(execFile)(process.execPath, [script, "--built", "--standalone", "--to", directory]);
}
