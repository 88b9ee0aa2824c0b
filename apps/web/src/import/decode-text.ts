import { ImportError } from "./import-error";

const byteOrderMarks = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
] as const;

/** "%PDF-": some have neither zeros nor letters beyond ASCII, and are no text for that. */
const pdf = [0x25, 0x50, 0x44, 0x46, 0x2d];

/**
 * The text that a file holds: in UTF-8, or in what its byte order mark says. Nothing is guessed: a wrong guess would
 * spoil letters without anybody noticing.
 *
 * @throws {ImportError} BINARY, ENCODING
 */
export function decodeText(file: Uint8Array): string {
  const mark = byteOrderMarks.find(({ bytes }) => bytes.every((byte, index) => file[index] === byte));
  if ((mark === undefined && file.includes(0)) || pdf.every((byte, index) => file[index] === byte))
    throw new ImportError("BINARY");
  const text = decode(file, mark?.encoding ?? "utf-8");
  if (text.includes("\0")) throw new ImportError("BINARY");
  return text;
}

function decode(file: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch (cause) {
    throw new ImportError("ENCODING", { cause });
  }
}
