/** A module that is loaded apart from the page, and can be used without waiting once it is there. */
export class LaterModule<Module> {
  readonly #import: () => Promise<Module>;
  #loaded: Module | undefined;

  constructor(importModule: () => Promise<Module>) {
    this.#import = importModule;
  }

  get loaded(): Module | undefined {
    return this.#loaded;
  }

  /** Rejects where it cannot be had; the next call tries again. */
  async load(): Promise<Module> {
    this.#loaded ??= await this.#import();
    return this.#loaded;
  }
}
