import type { Activity } from "../collaboration/activity";

/** Somebody without a sign of life for so long is away. */
export const awayAfterMs = 120_000;
/** How long a pause ends typing: longer than one between words, or each word would be told of. */
export const typingPauseMs = 2500;

/**
 * What the person at this device does, concluded from the signs of it. Tells of changes only, so that hours of typing
 * are one message and not one per key.
 */
export class ActivityTracker {
  readonly #onChange: (activity: Activity) => void;
  readonly #now: () => number;
  #activity: Activity = "here";
  #hidden = false;
  #lastSignMs: number;
  #lastEditMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now milliseconds of a clock that never goes back */
  constructor(onChange: (activity: Activity) => void, now: () => number = () => performance.now()) {
    this.#onChange = onChange;
    this.#now = now;
    this.#lastSignMs = now();
    this.#look();
  }

  /** The person has changed the text. */
  readonly edited = (): void => {
    this.#lastEditMs = this.#lastSignMs = this.#now();
    if (this.#activity !== "typing") this.#look();
  };

  /** The person has moved the pointer, touched the screen, pressed a key. */
  readonly touched = (): void => {
    this.#lastSignMs = this.#now();
    if (this.#activity === "away") this.#look();
  };

  /** @param hidden whether the page is behind another tab */
  hide(hidden: boolean): void {
    this.#hidden = hidden;
    // Who comes back is here.
    if (!hidden) this.#lastSignMs = this.#now();
    this.#look();
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  /** Signs only note the time: the timer looks whether it was long ago. */
  #look(): void {
    clearTimeout(this.#timer);
    const now = this.#now();
    const typesForMs = this.#lastEditMs + typingPauseMs - now;
    const staysForMs = this.#lastSignMs + awayAfterMs - now;
    if (this.#hidden || staysForMs <= 0) this.#become("away");
    else if (typesForMs > 0) {
      this.#become("typing");
      this.#timer = setTimeout(() => this.#look(), typesForMs);
    } else {
      this.#become("here");
      this.#timer = setTimeout(() => this.#look(), staysForMs);
    }
  }

  #become(activity: Activity): void {
    if (activity === this.#activity) return;
    this.#activity = activity;
    this.#onChange(activity);
  }
}
