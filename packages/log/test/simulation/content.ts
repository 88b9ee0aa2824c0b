/** The bytes of a file. Those between its old and its new end are zero when it grows. */
export class Content {
  #bytes = new Uint8Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** A view, valid until the next change. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  /** Fills `target` from `offset`; returns how many bytes there were. */
  read(target: Uint8Array, offset: number): number {
    const found = this.bytes.subarray(offset, offset + target.byteLength);
    target.set(found);
    return found.byteLength;
  }

  write(bytes: Uint8Array, offset: number): void {
    if (bytes.byteLength === 0) return;
    this.#reserve(offset + bytes.byteLength);
    this.#bytes.set(bytes, offset);
    this.#size = Math.max(this.#size, offset + bytes.byteLength);
  }

  resize(size: number): void {
    this.#reserve(size);
    if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    this.#size = size;
  }

  #reserve(size: number): void {
    let capacity = this.#bytes.byteLength;
    if (size <= capacity) return;
    while (capacity < size) capacity *= 2;
    const grown = new Uint8Array(capacity);
    grown.set(this.bytes);
    this.#bytes = grown;
  }

  clone(): Content {
    const copy = new Content();
    copy.write(this.bytes, 0);
    copy.resize(this.#size);
    return copy;
  }
}
