import { type ComponentType, lazy } from "react";

/** A page's code, loaded apart. */
export class PageCode<Props extends object> {
  readonly #import: () => Promise<{ default: ComponentType<Props> }>;
  /** A component that suspends until the page is there. */
  readonly waiting: ComponentType<Props>;
  #loaded: ComponentType<Props> | undefined;

  constructor(importPage: () => Promise<{ default: ComponentType<Props> }>) {
    this.#import = importPage;
    this.waiting = lazy(() => this.#load());
  }

  /** The page, once it is there. */
  get loaded(): ComponentType<Props> | undefined {
    return this.#loaded;
  }

  /** Loads it before it is asked for. Where it cannot be had, whoever shows it says so. */
  async preload(): Promise<void> {
    await this.#load().catch(() => undefined);
  }

  async #load() {
    const page = await this.#import();
    this.#loaded = page.default;
    return page;
  }
}
