import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { ActivityTracker } from "./activity-tracker";
import { tell } from "./awareness-fields";

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focus"] as const;

/** Tells the others whether the person at this device types, is here or is away. */
export class ActivityReport {
  readonly #text: Y.Text;
  readonly #tracker: ActivityTracker;
  readonly #stop = new AbortController();

  constructor(awareness: Awareness, text: Y.Text) {
    this.#text = text;
    this.#tracker = new ActivityTracker((activity) => tell(awareness, "activity", activity));
    const { signal } = this.#stop;
    for (const sign of signs) {
      window.addEventListener(sign, this.#tracker.touched, { passive: true, capture: true, signal });
    }
    document.addEventListener("visibilitychange", this.#onVisibility, { signal });
    text.observe(this.#onText);
    if (document.hidden) this.#onVisibility();
  }

  destroy(): void {
    this.#stop.abort();
    this.#text.unobserve(this.#onText);
    this.#tracker.destroy();
  }

  readonly #onVisibility = () => this.#tracker.hide(document.hidden);

  readonly #onText = (_event: unknown, { local }: Y.Transaction) => {
    if (local) this.#tracker.edited();
  };
}
