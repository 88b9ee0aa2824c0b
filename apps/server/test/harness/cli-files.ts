import { readFile, writeFile } from "node:fs/promises";

/** Spoils a file as a failing disk would. */
export async function flipBit(path: string, offset: number): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
  await writeFile(path, bytes);
}
