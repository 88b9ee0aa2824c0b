import { Content } from "./content";
import type { Random } from "./random";

/** Something done to a file that is not known to be on the disk. */
type Change = { kind: "write"; offset: number; bytes: Uint8Array } | { kind: "resize"; size: number };

const sectorBytes = 512;

/**
 * A file as the operating system shows it (`cached`), as the disk has it, and what lies between: changes that
 * no sync has covered. A sector of 512 bytes reaches the disk whole or not at all, in one of the states it
 * went through; that apart, any part of the changes may be on the disk, in any order.
 */
export class SimulatedFile {
  cached = new Content();
  #durable = new Content();
  #pending: Change[] = [];

  /** `goesOn`: the write before took only some of its bytes, and this is the rest. */
  write(bytes: Uint8Array, offset: number, goesOn = false): void {
    const change: Change = { kind: "write", offset, bytes: bytes.slice() };
    apply(this.cached, change);
    const before = this.#pending.at(-1);
    if (goesOn && before?.kind === "write" && before.offset + before.bytes.byteLength === offset) {
      before.bytes = Buffer.concat([before.bytes, change.bytes]);
    } else this.#pending.push(change);
  }

  resize(size: number): void {
    const change: Change = { kind: "resize", size };
    this.#pending.push(change);
    apply(this.cached, change);
  }

  get unsynced(): boolean {
    return this.#pending.length > 0;
  }

  sync(): void {
    for (const change of this.#pending) apply(this.#durable, change);
    this.#pending = [];
  }

  /**
   * A sync that failed: the disk has some of the changes, and the operating system has forgotten that it
   * still owes the others (as Linux does). They are seen until the power is cut, or not even until then.
   */
  failSync(random: Random): void {
    this.#durable = this.#survivors(random);
    this.#pending = [];
    if (random.chance(0.5)) this.cached = this.#durable.clone();
  }

  cutPower(random: Random): void {
    this.#durable = this.#survivors(random);
    this.#pending = [];
    this.cached = this.#durable.clone();
  }

  /** Does the disk have what the operating system shows, or will it after a sync? */
  get isGenuine(): boolean {
    const promised = this.#durable.clone();
    for (const change of this.#pending) apply(promised, change);
    return Buffer.compare(promised.bytes, this.cached.bytes) === 0;
  }

  /** Rot, or an operator: the bytes at `offset` are others from now on, on the disk as well. */
  damage(offset: number, bytes: Uint8Array): void {
    this.cached.write(bytes, offset);
    this.#durable.write(bytes, offset);
  }

  /** Like `damage`: the file ends at `size`. */
  cut(size: number): void {
    this.cached.resize(size);
    this.#durable.resize(size);
  }

  #survivors(random: Random): Content {
    switch (random.below(6)) {
      case 0:
        return this.#durable.clone();
      case 1:
        return this.#scattered(random, () => this.#pending.length);
      case 2:
        return this.#torn(random);
      case 3:
        // Space was claimed, and no data written to it.
        return this.#scattered(random, () => 0);
      default:
        return this.#scattered(random, () =>
          random.chance(0.6) ? this.#pending.length : random.between(0, this.#pending.length),
        );
    }
  }

  /** Changes reached the disk in order; the last of them up to any byte. */
  #torn(random: Random): Content {
    const content = this.#durable.clone();
    const whole = random.below(this.#pending.length);
    for (const change of this.#pending.slice(0, whole)) apply(content, change);
    const last = this.#pending[whole];
    if (last?.kind === "write") {
      content.write(last.bytes.subarray(0, random.between(0, last.bytes.byteLength)), last.offset);
    }
    return content;
  }

  /** Each sector is as it was after the number of changes that `chooseState` returns for it. */
  #scattered(random: Random, chooseState: () => number): Content {
    const content = this.#durable.clone();
    const sizes = [content.size];
    const states = new Map<number, number>();
    const stateOf = (sector: number) => {
      const state = states.get(sector) ?? chooseState();
      states.set(sector, state);
      return state;
    };
    for (const [index, change] of this.#pending.entries()) {
      if (change.kind === "resize") {
        sizes.push(change.size);
        continue;
      }
      sizes.push(Math.max(sizes.at(-1) ?? 0, change.offset + change.bytes.byteLength));
      for (const { sector, from, to } of sectorsOf(change.offset, change.bytes.byteLength)) {
        if (index < stateOf(sector))
          content.write(change.bytes.subarray(from - change.offset, to - change.offset), from);
      }
    }
    content.resize(chooseSize(sizes, random));
    return content;
  }
}

/** The file's size is one that it had, most often the newest, or one on the way there. */
function chooseSize(sizes: number[], random: Random): number {
  if (random.chance(0.6)) return sizes.at(-1) ?? 0;
  if (random.chance(0.5)) return sizes[random.below(sizes.length)] ?? 0;
  return random.between(Math.min(...sizes), Math.max(...sizes));
}

function* sectorsOf(
  offset: number,
  length: number,
): Generator<{ sector: number; from: number; to: number }, void, undefined> {
  const end = offset + length;
  for (let from = offset; from < end; ) {
    const sector = Math.floor(from / sectorBytes);
    const to = Math.min(end, (sector + 1) * sectorBytes);
    yield { sector, from, to };
    from = to;
  }
}

function apply(content: Content, change: Change): void {
  if (change.kind === "write") content.write(change.bytes, change.offset);
  else content.resize(change.size);
}
