import { constants } from "node:fs";
import { access, mkdir, realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import { OperationError } from "../operations/operation-error";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "this user may not read and write there",
  EPERM: "this user may not read and write there",
  EROFS: "its file system is mounted read-only",
  EEXIST: "that is no directory",
  ENOTDIR: "that is no directory",
  ENOSPC: "its disk is full",
};

/**
 * Makes the directory of the mirror, if it is not there, and sees that it is of use.
 *
 * @throws {OperationError} CANNOT_SERVE
 */
export async function prepareDirectory(directory: string, dataDirectory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = reasons[code ?? ""] ?? `the system says ${code}`;
    const message = `The mirror cannot be in ${directory}: ${why}. Set SCRIPTORIUM_MIRROR_DIR to another directory, or leave it out.`;
    // Without the cause, which would be taken for one of the data directory.
    throw new OperationError("CANNOT_SERVE", message);
  }
  const [mirror, data] = [await realpath(directory), await realpath(dataDirectory)];
  if (!isWithin(mirror, data) && !isWithin(data, mirror)) return;
  const message = `The mirror cannot be in ${directory}: that leads to ${mirror}, and the data is in ${data}. Set SCRIPTORIUM_MIRROR_DIR to a directory apart from it.`;
  throw new OperationError("CANNOT_SERVE", message);
}

function isWithin(path: string, directory: string): boolean {
  const [first = ""] = relative(directory, path).split(sep);
  return first !== "..";
}
