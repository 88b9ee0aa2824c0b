import { decodeText } from "./decode-text";
import { ImportError } from "./import-error";
import { fileBytesMax } from "./limits";

/** All that is in a file that a person chose. @throws {ImportError} TOO_LARGE, UNREADABLE */
export async function readFile(file: File, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > bytesMax) throw new ImportError("TOO_LARGE");
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    // A folder, or a file that has gone or changed since.
    throw new ImportError("UNREADABLE", { cause });
  }
}

/** The text in a file that a person chose. @throws {ImportError} TOO_LARGE, UNREADABLE, BINARY, ENCODING */
export async function readTextFile(file: File): Promise<string> {
  return decodeText(await readFile(file, fileBytesMax));
}
