import type { ConnectionStatus, ScriptoriumProvider } from "@scriptorium/provider";

/** "Saved" that comes sooner than this behind the one before waits until it has held for as long. */
const calmMs = 400;

/**
 * The provider's status, without the flicker of one who types: each key is saved before the next one is pressed, and
 * nobody reads a word that changes twenty times a second. All but "saved" is told at once, and that is never told early.
 */
export class CalmStatus {
  readonly #provider: Pick<ScriptoriumProvider, "status" | "onStatusChange">;
  #shown: ConnectionStatus;
  #savedAtMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(provider: Pick<ScriptoriumProvider, "status" | "onStatusChange">) {
    this.#provider = provider;
    this.#shown = provider.status;
  }

  /** The same object until what is to be shown changes. */
  readonly get = (): ConnectionStatus => this.#shown;

  /** For one listener at a time, as React's `useSyncExternalStore` is one. */
  readonly subscribe = (listener: () => void): (() => void) => {
    const onChange = () => {
      clearTimeout(this.#timer);
      const { status } = this.#provider;
      const wasSavedJustNow = performance.now() - this.#savedAtMs < calmMs;
      if (status.state === "saved") this.#savedAtMs = performance.now();
      if (status.state === "saved" && wasSavedJustNow) this.#timer = setTimeout(show, calmMs);
      else show();
    };
    const show = () => {
      const { status } = this.#provider;
      // How many edits are under way is not told of.
      if (status.state === "saving" && this.#shown.state === "saving") return;
      if (status === this.#shown) return;
      this.#shown = status;
      listener();
    };
    const unsubscribe = this.#provider.onStatusChange(onChange);
    show();
    return () => {
      clearTimeout(this.#timer);
      unsubscribe();
    };
  };
}
