/** What this device had of a document when the document was restored to an earlier moment. */
export interface SetAsideCopy {
  /** The same for all tabs that set the same text aside. */
  readonly id: string;
  readonly documentId: string;
  readonly title: string;
  readonly text: string;
  readonly setAsideAtMs: number;
  /** Whether it has been compared with the restored document, and differs. */
  readonly offered: boolean;
}

/** Where the copies are kept over reloads. Every method rejects where the browser keeps no database. */
export interface SetAsideStore {
  list(documentId: string): Promise<readonly SetAsideCopy[]>;
  put(copy: SetAsideCopy): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * The copies of one document that were set aside and that nobody has acted upon. One that is the same as the restored
 * document is let go without a word; the others are offered until the person takes or discards them, over reloads
 * where the browser keeps a database, and otherwise for as long as the page lives.
 */
export class SetAsideCopies {
  readonly #documentId: string;
  readonly #store: SetAsideStore;
  readonly #listeners = new Set<() => void>();
  readonly #unkept = new Set<string>();
  #loaded: Promise<void> | undefined;
  #copies: readonly SetAsideCopy[] = [];
  #offered: readonly SetAsideCopy[] = [];

  constructor(documentId: string, store: SetAsideStore) {
    this.#documentId = documentId;
    this.#store = store;
  }

  /** The same array until something changes. */
  readonly offered = (): readonly SetAsideCopy[] => this.#offered;

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Whether closing the page would lose a copy. */
  get wouldBeLost(): boolean {
    return this.#unkept.size > 0;
  }

  /** Resolves when those are known that earlier visits left. */
  load(): Promise<void> {
    this.#loaded ??= this.#list();
    return this.#loaded;
  }

  /** Resolves once the copy is kept, or cannot be. It takes the place of one with the same ID. */
  async add(copy: SetAsideCopy): Promise<void> {
    await this.load();
    this.#set([...this.#copies.filter(({ id }) => id !== copy.id), copy]);
    try {
      await this.#store.put(copy);
      this.#unkept.delete(copy.id);
    } catch {
      this.#unkept.add(copy.id);
    }
  }

  /** The restored document's text has arrived: offers those copies that differ, and lets go of the others. */
  async compareWith(text: string): Promise<void> {
    await this.load();
    for (const copy of this.#copies.filter(({ offered }) => !offered)) {
      if (copy.text === text) await this.remove(copy.id);
      else await this.add({ ...copy, offered: true });
    }
  }

  async remove(id: string): Promise<void> {
    this.#unkept.delete(id);
    this.#set(this.#copies.filter((copy) => copy.id !== id));
    await this.#store.remove(id).catch(() => undefined);
  }

  async #list(): Promise<void> {
    this.#set(await this.#store.list(this.#documentId).catch(() => []));
  }

  #set(copies: readonly SetAsideCopy[]): void {
    this.#copies = copies;
    this.#offered = copies.filter(({ offered }) => offered);
    for (const listener of this.#listeners) listener();
  }
}
