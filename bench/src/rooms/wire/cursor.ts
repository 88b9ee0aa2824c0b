/**
 * Reads bytes from front to back. lib0's decoder allocates for each message; at a million messages a second the load
 * process would measure that.
 */
export class Cursor {
  bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get hasMore(): boolean {
    return this.at < this.bytes.length;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new RangeError("a message ends amid a number");
    return value;
  }

  varUint(): number {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
      unit *= 128;
    }
  }

  /** A view of the bytes that follow behind their length. */
  varBytes(): Uint8Array {
    const length = this.varUint();
    const start = this.at;
    this.skip(length);
    return this.bytes.subarray(start, this.at);
  }

  skip(length: number): void {
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError("a message ends amid bytes");
  }
}
