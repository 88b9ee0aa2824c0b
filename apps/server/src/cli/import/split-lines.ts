import { ArchiveLineError } from "../../archive/archive-format";

const newline = 0x0a;

/**
 * The lines of a stream of bytes, without their ends. The last one may lack its end.
 *
 * @param bytesMax how long a line may be, asked anew for each piece
 * @throws {ArchiveLineError} a line is longer
 */
export async function* splitLines(
  pieces: AsyncIterable<Uint8Array>,
  bytesMax: () => number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let to = piece.indexOf(newline); to !== -1; to = piece.indexOf(newline, from)) {
      const rest = piece.subarray(from, to);
      yield begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
      begun = [];
      begunBytes = 0;
      from = to + 1;
    }
    if (from === piece.length) continue;
    begun.push(piece.subarray(from));
    begunBytes += piece.length - from;
    if (begunBytes > bytesMax()) throw new ArchiveLineError("it is longer than any line can be");
  }
  if (begunBytes > 0) yield Buffer.concat(begun);
}
