/** Small things that this device remembers: names, titles, counts. Never the text, which IndexedDB holds. */
export interface DeviceStore {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** The stored keys that start with `prefix`. */
  keys(prefix: string): readonly string[];
}

/**
 * A store over `localStorage`, every key with the product's prefix. Where the browser blocks or fills the storage,
 * what does not fit is remembered for as long as the page lives.
 *
 * @param openStorage may throw, as reading `window.localStorage` does where storage is blocked
 */
export function openDeviceStore(openStorage: () => Storage): DeviceStore {
  const memory = new Map<string, string>();
  let storage: Storage | undefined;
  try {
    storage = openStorage();
  } catch {
    storage = undefined;
  }
  const prefixed = (key: string) => `scriptorium.${key}`;
  return {
    get: (key) => memory.get(prefixed(key)) ?? storage?.getItem(prefixed(key)) ?? undefined,
    set: (key, value) => {
      try {
        if (storage === undefined) throw new Error("no storage");
        storage.setItem(prefixed(key), value);
        memory.delete(prefixed(key));
      } catch {
        memory.set(prefixed(key), value);
      }
    },
    remove: (key) => {
      memory.delete(prefixed(key));
      storage?.removeItem(prefixed(key));
    },
    keys: (prefix) => {
      const found = new Set(memory.keys());
      for (let index = 0; storage !== undefined && index < storage.length; index++) {
        const key = storage.key(index);
        if (key !== null) found.add(key);
      }
      return [...found]
        .filter((key) => key.startsWith(prefixed(prefix)))
        .map((key) => key.slice("scriptorium.".length));
    },
  };
}
