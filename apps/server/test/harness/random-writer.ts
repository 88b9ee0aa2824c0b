import type { PRNG } from "lib0/prng";
import * as prng from "lib0/prng";
import type * as Y from "yjs";

/** Length about which the text levels off. */
const textLength = 2000;

export interface RandomWriterOptions {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly random: PRNG;
  /** Undefined while this writer may type; else resolves when it is worth asking again. */
  readonly blocked: () => Promise<void> | undefined;
}

/** Types at random places as fast as the event loop turns; deletes as much as it inserts. */
export class RandomWriter {
  readonly doc: Y.Doc;
  readonly #options: RandomWriterOptions;
  #typing = false;
  #done: Promise<void> = Promise.resolve();
  #typed = 0;

  constructor(options: RandomWriterOptions) {
    this.doc = options.doc;
    this.#options = options;
  }

  /** Edits made so far. */
  get typed(): number {
    return this.#typed;
  }

  start(): void {
    this.#typing = true;
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#typing = false;
    await this.#done;
  }

  /** Makes one edit. */
  type(): void {
    const { name, random } = this.#options;
    const text = this.doc.getText("content");
    const at = prng.int32(random, 0, text.length);
    if (prng.int32(random, 0, 2 * textLength) < text.length) {
      text.delete(at, Math.min(prng.int32(random, 1, 20), text.length - at));
    } else {
      text.insert(at, `‹${name}:${this.#typed}›`);
    }
    this.#typed++;
  }

  async #run(): Promise<void> {
    while (this.#typing) {
      await (this.#options.blocked() ?? new Promise(setImmediate));
      if (this.#typing && this.#options.blocked() === undefined) this.type();
    }
  }
}
