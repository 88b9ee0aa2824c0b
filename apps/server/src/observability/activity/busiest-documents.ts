import { type KeptPart, type Ranked, SlidingTop } from "../sketches/sliding-top";

const minuteMs = 60_000;
const slots = 128;

/** How far back one can ask, by the names that metrics have for it. */
export const activityWindows = ["5m", "1h", "1d"] as const;
export type ActivityWindow = (typeof activityWindows)[number];

const options = {
  "5m": { windowMs: 5 * minuteMs, parts: 10, slots },
  "1h": { windowMs: 60 * minuteMs, parts: 12, slots },
  "1d": { windowMs: 24 * 60 * minuteMs, parts: 24, slots },
} as const;

export type KeptDocuments = Readonly<Record<ActivityWindow, readonly KeptPart[]>>;

/** Which documents were edited most in the last five minutes, hour and day: some 6,000 counts at most, however many there are. */
export class BusiestDocuments {
  readonly #windows: Readonly<Record<ActivityWindow, SlidingTop>>;

  constructor(kept?: KeptDocuments) {
    const window = (name: ActivityWindow) => new SlidingTop(options[name], kept?.[name]);
    this.#windows = { "5m": window("5m"), "1h": window("1h"), "1d": window("1d") };
  }

  add(documentId: string, edits: number, nowMs: number): void {
    for (const name of activityWindows) this.#windows[name].add(documentId, edits, nowMs);
  }

  /** Up to `limit` documents, with how many edits each had. */
  top(window: ActivityWindow, limit: number, nowMs: number): Ranked[] {
    return this.#windows[window].top(limit, nowMs);
  }

  kept(): KeptDocuments {
    const kept = (name: ActivityWindow) => this.#windows[name].kept();
    return { "5m": kept("5m"), "1h": kept("1h"), "1d": kept("1d") };
  }
}
