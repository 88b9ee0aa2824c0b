import { join } from "node:path";
import { systemErrorCode } from "./errors";
import { type FileSystem, writeAll } from "./files";

/** @returns all of a file; undefined if there is none */
export async function readSmallFile(files: FileSystem, path: string): Promise<Uint8Array | undefined> {
  try {
    const file = await files.open(path, "read");
    try {
      const bytes = new Uint8Array(await file.size());
      return bytes.slice(0, await file.readAt(bytes, 0));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Replaces a file of the directory, durably, in one step, with these bytes one behind the other. */
export async function replaceFile(
  files: FileSystem,
  directory: string,
  name: string,
  parts: readonly Uint8Array[],
): Promise<void> {
  const path = join(directory, name);
  const unfinished = `${path}.tmp`;
  await files.remove(unfinished).catch(() => {});
  const file = await files.create(unfinished);
  try {
    let offset = 0;
    for (const part of parts) {
      await writeAll(file, part, offset);
      offset += part.byteLength;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(unfinished, path);
  await files.syncDirectory(directory);
}
