/*
 * Unsigned LEB128: seven bits per byte, the lowest first, the top bit set on all but the last byte. Signed
 * numbers are zigzag-coded first: 0, -1, 1, -2 … become 0, 1, 2, 3 ….
 */

const capacityMin = 1024;

/** Collects bytes and varints; its memory is used again after `reset`. */
export class ByteWriter {
  #bytes = new Uint8Array(capacityMin);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** `value` must be a safe integer, and not negative. */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) + 0x80;
      rest = rest < 0x8000_0000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** `value` must be an integer within ±2^51. */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  raw(source: Uint8Array, start = 0, end = source.byteLength): void {
    this.#reserve(end - start);
    this.#bytes.set(source.subarray(start, end), this.#length);
    this.#length += end - start;
  }

  /** What was collected; valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  reset(): void {
    this.#length = 0;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.byteLength) return;
    let capacity = this.#bytes.byteLength;
    while (capacity < needed) capacity *= 2;
    const grown = new Uint8Array(capacity);
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/**
 * Walks bytes. Reading past the end yields zeros and leaves `at` behind it, so that loops need no check of
 * their own: look at `at` afterwards.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  varint(): number {
    const first = this.bytes[this.at++] ?? 0;
    return first < 0x80 ? first : this.#rest(first - 0x80);
  }

  #rest(low: number): number {
    let value = low;
    for (let scale = 0x80; scale <= 2 ** 49; scale *= 0x80) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte % 0x80) * scale;
      if (byte < 0x80) return value;
    }
    this.at = Number.POSITIVE_INFINITY;
    return 0;
  }

  signed(): number {
    const value = this.varint();
    if (value < 0x8000_0000) return (value >>> 1) ^ -(value & 1);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** The next `length` bytes, in place; fewer at the end. */
  raw(length: number): Uint8Array {
    const start = this.at;
    this.at += length;
    return this.bytes.subarray(start, this.at);
  }
}
