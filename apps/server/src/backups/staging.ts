import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { OperationError } from "../operations/operation-error";

/** Stands between the name that a directory is to have, and some random digits, until it is whole. */
export const unfinishedMark = ".unfinished-";

/**
 * Makes a directory so that it is there either whole or not at all: `fill` works on a directory beside it with a
 * name of its own, which then gets the right name. If anything fails, it is removed.
 *
 * @param target absolute path: nothing, or an empty directory
 */
export async function makeWhole<Result>(
  target: string,
  fill: (directory: string) => Promise<Result>,
): Promise<Result> {
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  const staging = `${target}${unfinishedMark}${randomBytes(4).toString("hex")}`;
  await mkdir(staging);
  try {
    const result = await fill(staging);
    await syncDirectory(staging);
    await rename(staging, target);
    await syncDirectory(parent);
    return result;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

/** Is there nothing at `path`, or an empty directory? */
export async function isFree(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return true;
    if (code === "ENOTDIR") return false;
    throw error;
  }
}

/** @throws {OperationError} IN_THE_WAY: there is something at `path` */
export async function assertFree(path: string, hint: string): Promise<void> {
  if (await isFree(path)) return;
  throw new OperationError("IN_THE_WAY", `${path} is not empty, and is never overwritten. ${hint}`);
}

/** Resolves once files created and renamed in the directory would stay so after a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
