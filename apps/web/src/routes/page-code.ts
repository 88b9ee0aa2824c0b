import { type ComponentType, lazy } from "react";
import type { DeviceStore } from "../ui/device-store";

interface PageModule<Props extends object> {
  readonly default: ComponentType<Props>;
  /** Begins with what the page shows first, before it is rendered. */
  readonly prepare?: (props: Props, store: DeviceStore) => Promise<void>;
}

/** A page's code, loaded apart. */
export class PageCode<Props extends object> {
  readonly #import: () => Promise<PageModule<Props>>;
  /** A component that suspends until the page is there. */
  readonly waiting: ComponentType<Props>;
  #loaded: ComponentType<Props> | undefined;

  constructor(importPage: () => Promise<PageModule<Props>>) {
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

  /** Loads it, and has it begin. What fails is said by the page, or by whoever shows it. */
  async prepare(props: Props, store: DeviceStore): Promise<void> {
    try {
      const page = await this.#load();
      await page.prepare?.(props, store);
    } catch {
      // Said where it is shown.
    }
  }

  async #load() {
    const page = await this.#import();
    this.#loaded = page.default;
    return page;
  }
}
