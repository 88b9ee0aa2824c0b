import { basename, join } from "node:path";
import { systemErrorCode } from "./errors";
import { type FileSystem, writeAll } from "./files";

const cannotLink = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"]);
const chunkBytes = 1024 * 1024;

/**
 * Gives a damaged file another name, `<name>.damaged-<n>`, durably, before something takes its place: the file
 * itself, so that nothing is lost of what a disk cannot read today. Where there are no links, a copy.
 *
 * @returns the file's other path
 */
export async function keepAside(files: FileSystem, directory: string, path: string): Promise<string> {
  const names = new Set(await files.list(directory));
  let number = 1;
  while (names.has(`${basename(path)}.damaged-${number}`)) number += 1;
  const kept = join(directory, `${basename(path)}.damaged-${number}`);
  try {
    await files.link(path, kept);
  } catch (error) {
    if (!cannotLink.has(systemErrorCode(error) ?? "")) throw error;
    await copy(files, path, kept);
  }
  await files.syncDirectory(directory);
  return kept;
}

async function copy(files: FileSystem, from: string, to: string): Promise<void> {
  const source = await files.open(from, "read");
  try {
    const target = await files.create(to);
    try {
      const size = await source.size();
      const chunk = new Uint8Array(Math.min(chunkBytes, size));
      for (let at = 0; at < size; ) {
        const filled = await source.readAt(chunk.subarray(0, Math.min(chunkBytes, size - at)), at);
        if (filled === 0) break;
        await writeAll(target, chunk.subarray(0, filled), at);
        at += filled;
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
