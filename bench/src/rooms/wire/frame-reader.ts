/**
 * Cuts what a server sends into WebSocket frames. Knows whole frames only, neither fragmented nor compressed: that is
 * all that servers send to a client that offers no extension.
 */
export class FrameReader {
  readonly #onFrame: (opcode: number, payload: Uint8Array) => void;
  #rest: Buffer[] = [];
  #restLength = 0;
  /** How many bytes the frame that is not whole yet needs, as far as is known. */
  #needed = 2;

  /** @param onFrame gets views: copy what outlives the call. */
  constructor(onFrame: (opcode: number, payload: Uint8Array) => void) {
    this.#onFrame = onFrame;
  }

  /** `chunk` may be overwritten behind the call. */
  push(chunk: Buffer): void {
    if (this.#restLength > 0) {
      this.#rest.push(Buffer.from(chunk));
      this.#restLength += chunk.length;
      if (this.#restLength < this.#needed) return;
      this.#readAll(Buffer.concat(this.#rest));
    } else {
      this.#readAll(chunk);
    }
  }

  #readAll(bytes: Buffer): void {
    let at = 0;
    this.#needed = 2;
    while (bytes.length - at >= this.#needed) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const headerLength = short < 126 ? 2 : short === 126 ? 4 : 10;
      this.#needed = headerLength;
      if (bytes.length - at < headerLength) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2));
      this.#needed = headerLength + length;
      if (bytes.length - at < this.#needed) break;
      const first = bytes[at] ?? 0;
      if ((first & 0xf0) !== 0x80) throw new Error("the server sent a fragmented or compressed frame");
      this.#onFrame(first & 0x0f, bytes.subarray(at + headerLength, at + this.#needed));
      at += this.#needed;
      this.#needed = 2;
    }
    this.#restLength = bytes.length - at;
    this.#rest = this.#restLength === 0 ? [] : [Buffer.from(bytes.subarray(at))];
  }
}
