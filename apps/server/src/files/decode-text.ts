import { Refusal } from "./refusal";

const byteOrderMarks = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
] as const;

/** "%PDF-": some have neither zeros nor letters beyond ASCII, and are no text for that. */
const pdf = Buffer.from("%PDF-");

/**
 * The text that a file holds: in UTF-8, or in what its byte order mark says. Nothing is guessed: a wrong guess would
 * spoil letters without anybody noticing.
 *
 * @throws {Refusal}
 */
export function decodeText(file: Uint8Array): string {
  const mark = byteOrderMarks.find(({ bytes }) => bytes.every((byte, index) => file[index] === byte));
  const isPdf = pdf.equals(file.subarray(0, pdf.length));
  if ((mark === undefined && file.includes(0)) || isPdf) throw new Refusal("is no text");
  const text = decode(file, mark?.encoding ?? "utf-8");
  if (text.includes("\0")) throw new Refusal("is no text");
  return text;
}

function decode(file: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch (cause) {
    throw new Refusal("is neither in UTF-8 nor says what it is in", { cause });
  }
}
