import type { DeviceStore } from "../ui/device-store";
import { colourOf } from "./colour-of";
import { nameLengthMax, type Person } from "./person";
import { quietName } from "./quiet-name";

/**
 * Who sits at this device: a random id, which fixes the colour, and a name that can be changed. The device remembers
 * both.
 */
export class LocalPerson {
  readonly #store: DeviceStore;
  readonly #listeners = new Set<() => void>();
  #person: Person;

  /** @param random a number from 0 to below 1 */
  constructor(store: DeviceStore, random: () => number = Math.random) {
    this.#store = store;
    const id = store.get("person.id") ?? randomId(random);
    const name = store.get("person.name") ?? quietName(random);
    store.set("person.id", id);
    store.set("person.name", name);
    const { onLight, onDark } = colourOf(id);
    this.#person = { id, name, onLight, onDark };
  }

  /** The same object until the name changes. */
  readonly get = (): Person => this.#person;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Ignores a name of nothing but spaces. */
  rename(name: string): void {
    const trimmed = name.trim().slice(0, nameLengthMax);
    if (trimmed === "" || trimmed === this.#person.name) return;
    this.#store.set("person.name", trimmed);
    this.#person = { ...this.#person, name: trimmed };
    for (const listener of this.#listeners) listener();
  }
}

/** Not a secret: it only tells devices apart. */
function randomId(random: () => number): string {
  return Array.from({ length: 16 }, () => Math.floor(random() * 36).toString(36)).join("");
}
