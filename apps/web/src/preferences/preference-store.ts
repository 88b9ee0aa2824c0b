import type { DeviceStore } from "../ui/device-store";
import { defaultPreferences, type Preferences, parsePreferences } from "./preferences";

/** The key in the device's store. */
const key = "preferences";

/** The preferences that this device remembers. */
export class PreferenceStore {
  readonly #store: DeviceStore;
  readonly #listeners = new Set<() => void>();
  #preferences: Preferences;

  constructor(store: DeviceStore) {
    this.#store = store;
    this.#preferences = parsePreferences(store.get(key));
  }

  /** The same object until something changes. */
  readonly get = (): Preferences => this.#preferences;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly change = (change: Partial<Preferences>): void => {
    const next = { ...this.#preferences, ...change };
    // What is as by default is left open, for the day when the default is better.
    const own = Object.entries(next).filter(
      ([name, value]) => value !== defaultPreferences[name as keyof Preferences],
    );
    if (own.length === 0) this.#store.remove(key);
    else this.#store.set(key, JSON.stringify(Object.fromEntries(own)));
    this.#set(next);
  };

  readonly reset = (): void => this.change(defaultPreferences);

  /** Another tab may have changed what is stored. */
  readonly readAgain = (): void => this.#set(parsePreferences(this.#store.get(key)));

  #set(next: Preferences): void {
    const names = Object.keys(next) as (keyof Preferences)[];
    if (names.every((name) => next[name] === this.#preferences[name])) return;
    this.#preferences = next;
    for (const listener of this.#listeners) listener();
  }
}
