import { Observable } from "../ui/observable";

/** Sentences for screen readers, one after another: what is said at once would replace what came before it. */
const gatherMs = 300;

/** What is in the page's live region. */
export class Announcements {
  readonly text = new Observable("");
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** An empty sentence says nothing. */
  say(sentence: string): void {
    if (sentence === "") return;
    this.#waiting.push(sentence);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const said = this.#waiting.join(" ");
      this.#waiting = [];
      // The same text again would be no change, and not be read.
      this.text.set(said === this.text.get() ? `${said}\u00a0` : said);
    }, gatherMs);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }
}
