import type { Random } from "./random";
import { SimulatedFile } from "./simulated-file";

/** An entry that came, went or moved, and is not known to have done so on the disk. A move is atomic. */
interface EntryChange {
  removed?: string;
  added?: { name: string; file: SimulatedFile };
}

/** A directory as the operating system shows it, as the disk has it, and the changes between. */
export class SimulatedDirectory {
  /** By name. */
  readonly files = new Map<string, SimulatedFile>();
  #durable = new Map<string, SimulatedFile>();
  #pending: EntryChange[] = [];

  add(name: string): SimulatedFile {
    const file = new SimulatedFile();
    this.#change({ added: { name, file } });
    return file;
  }

  /** Gives a file another name. */
  link(name: string, file: SimulatedFile): void {
    this.#change({ added: { name, file } });
  }

  remove(name: string): void {
    this.#change({ removed: name });
  }

  /** Puts the file named `from` in the place of `to`. */
  move(from: string, to: string): void {
    const file = this.files.get(from);
    if (file !== undefined) this.#change({ removed: from, added: { name: to, file } });
  }

  #change(change: EntryChange): void {
    this.#pending.push(change);
    apply(this.files, change);
  }

  sync(): void {
    for (const change of this.#pending) apply(this.#durable, change);
    this.#pending = [];
  }

  /** Rot, or an operator: the file is gone, or back, on the disk as well. */
  replace(name: string, file: SimulatedFile | undefined): void {
    for (const entries of [this.files, this.#durable]) {
      if (file === undefined) entries.delete(name);
      else entries.set(name, file);
    }
  }

  /**
   * What the disk has is all there is. Changes that no sync covered may have reached it in order, as with a
   * journal, or each for itself; those that concern the same name keep their order.
   */
  cutPower(random: Random): void {
    const journal = random.chance(0.5) ? random.between(0, this.#pending.length) : undefined;
    const lost = new Set<string>();
    for (const [index, change] of this.#pending.entries()) {
      const names = namesOf(change);
      const reached = journal === undefined ? random.chance(0.5) : index < journal;
      if (reached && !names.some((name) => lost.has(name))) apply(this.#durable, change);
      else for (const name of names) lost.add(name);
    }
    this.#pending = [];
    this.files.clear();
    for (const [name, file] of this.#durable) {
      file.cutPower(random);
      this.files.set(name, file);
    }
  }
}

function namesOf({ removed, added }: EntryChange): string[] {
  return [removed, added?.name].filter((name) => name !== undefined);
}

function apply(entries: Map<string, SimulatedFile>, { removed, added }: EntryChange): void {
  if (removed !== undefined) entries.delete(removed);
  if (added !== undefined) entries.set(added.name, added.file);
}
