import { systemErrorCode } from "./errors";
import type { LogFile } from "./files";

const chunkBytes = 64 * 1024;
const sectorBytes = 512;

/** Fills `target` from the beginning of a file. Of sectors that the disk cannot read, zeros are left. */
export async function readReadable(file: LogFile, target: Uint8Array): Promise<void> {
  for (let at = 0; at < target.byteLength; at += chunkBytes) {
    const chunk = target.subarray(at, at + chunkBytes);
    if (await couldRead(file, chunk, at)) continue;
    for (let sector = 0; sector < chunk.byteLength; sector += sectorBytes) {
      const part = chunk.subarray(sector, sector + sectorBytes);
      if (!(await couldRead(file, part, at + sector))) part.fill(0);
    }
  }
}

async function couldRead(file: LogFile, target: Uint8Array, offset: number): Promise<boolean> {
  try {
    await file.readAt(target, offset);
    return true;
  } catch (error) {
    if (systemErrorCode(error) !== "EIO") throw error;
    return false;
  }
}
