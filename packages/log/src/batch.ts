import {
  allocateRecordBytes,
  encodeRecord,
  type RecordBytes,
  type RecordInput,
  recordHeaderBytes,
} from "./record";

const capacityMin = 256 * 1024;
/** Above this, memory that the last batch had little use for is given back. */
const capacityKept = 4 * 1024 * 1024;

/** Records, encoded as they came, that will be written together. Its memory is used again. */
export class Batch {
  #memory: RecordBytes = allocateRecordBytes(capacityMin);
  #length = 0;
  #records = 0;
  #firstPosition = 0;
  #outcome = createOutcome();
  readonly #salt: number;

  constructor(salt: number) {
    this.#salt = salt;
  }

  get records(): number {
    return this.#records;
  }

  /** In bytes. */
  get length(): number {
    return this.#length;
  }

  get firstPosition(): number {
    return this.#firstPosition;
  }

  get lastPosition(): number {
    return this.#firstPosition + this.#records - 1;
  }

  /** The encoded records; valid until `reset`. */
  get encoded(): RecordBytes {
    return this.#memory;
  }

  /** Settles with the batch. */
  get durable(): Promise<void> {
    return this.#outcome.promise;
  }

  /** `position` must follow that of the record added before. */
  add(record: RecordInput, position: number, commitFirst: number): void {
    this.#reserve(recordHeaderBytes + record.payload.byteLength);
    if (this.#records === 0) this.#firstPosition = position;
    const place = { position, commitFirst, salt: this.#salt };
    this.#length = encodeRecord(this.#memory, this.#length, record, place);
    this.#records += 1;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    let capacity = this.#memory.bytes.byteLength;
    if (needed <= capacity) return;
    while (capacity < needed) capacity *= 2;
    const grown = allocateRecordBytes(capacity);
    grown.bytes.set(this.#memory.bytes.subarray(0, this.#length));
    this.#memory = grown;
  }

  resolve(): void {
    this.#outcome.resolve();
  }

  reject(error: Error): void {
    this.#outcome.reject(error);
  }

  /** Empties the batch for the next records. */
  reset(): void {
    const capacity = this.#memory.bytes.byteLength;
    if (capacity > capacityKept && this.#length < capacity / 4)
      this.#memory = allocateRecordBytes(capacityMin);
    this.#length = 0;
    this.#records = 0;
    this.#outcome = createOutcome();
  }
}

interface Outcome {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: Error) => void;
}

function createOutcome(): Outcome {
  let resolve: () => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // Nobody has to look at the outcome of an append.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
