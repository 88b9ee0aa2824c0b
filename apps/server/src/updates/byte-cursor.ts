/** Walks over bytes in the encoding of lib0, and makes nothing of what it passes. */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws {RangeError} at the end */
  readByte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError("the bytes end too early");
    return byte;
  }

  /** @throws {RangeError} */
  readVarUint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.readByte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
      if (value > Number.MAX_SAFE_INTEGER) throw new RangeError("an integer out of range");
    }
  }

  /** Passes a number of any sign: its continuation bits lie as in those without. */
  skipVarInt(): void {
    while (this.readByte() >= 0x80);
  }

  /** @throws {RangeError} if there are not so many */
  skip(bytes: number): void {
    this.#at += bytes;
    if (this.#at > this.#bytes.length) throw new RangeError("the bytes end too early");
  }

  /** Passes a string, or bytes, behind their length. */
  skipBlock(): void {
    this.skip(this.readVarUint());
  }

  /** Passes a string. @returns its length in UTF-16 units, as JavaScript and Yjs count */
  skipString(): number {
    const bytes = this.readVarUint();
    const begin = this.#at;
    this.skip(bytes);
    let units = 0;
    for (let at = begin; at < this.#at; at++) {
      const byte = this.#bytes[at] ?? 0;
      // Every byte but those that continue a character begins one; with four bytes it takes two units.
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
  }

  /** Passes a value as `writeAny` wrote it. */
  skipAny(): void {
    const type = this.readByte();
    switch (type) {
      case 127: // undefined
      case 126: // null
      case 121: // false
      case 120: // true
        return;
      case 125: // integer
        this.skipVarInt();
        return;
      case 124: // float
        this.skip(4);
        return;
      case 123: // double
      case 122: // bigint
        this.skip(8);
        return;
      case 119: // string
      case 116: // bytes
        this.skipBlock();
        return;
      case 118: // object
        for (let left = this.readVarUint(); left > 0; left--) {
          this.skipBlock();
          this.skipAny();
        }
        return;
      case 117: // array
        for (let left = this.readVarUint(); left > 0; left--) this.skipAny();
        return;
      default:
        throw new RangeError(`no value begins with ${type}`);
    }
  }
}
