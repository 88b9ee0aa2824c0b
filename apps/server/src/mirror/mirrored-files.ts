import { FileNames } from "../files/file-name";
import type { JournalEntry, MirrorJournal } from "./mirror-journal";

/** Which file is of which document, and what is known of it. */
export class MirroredFiles {
  readonly #journal: MirrorJournal;
  readonly #names = new FileNames();
  /** By document, the name of its file. */
  readonly #byDocument = new Map<string, string>();

  constructor(journal: MirrorJournal) {
    this.#journal = journal;
    for (const { name, id } of journal.entries.values()) {
      this.#names.take(name);
      this.#byDocument.set(id, name);
    }
  }

  get size(): number {
    return this.#byDocument.size;
  }

  names(): string[] {
    return [...this.#journal.entries.keys()];
  }

  named(name: string): JournalEntry | undefined {
    return this.#journal.entries.get(name);
  }

  ofDocument(id: string): JournalEntry | undefined {
    const name = this.#byDocument.get(id);
    return name === undefined ? undefined : this.#journal.entries.get(name);
  }

  /**
   * A name that no other document's file has; another one each time.
   *
   * @param own the name that the document's file has, which may come to differ in case alone
   */
  freeName(title: string, language: string | null, own?: string): string {
    if (own === undefined) return this.#names.nameOf(title, language);
    this.#names.release(own);
    let name = this.#names.nameOf(title, language);
    if (name === own) name = this.#names.nameOf(title, language);
    this.#names.take(own);
    return name;
  }

  /** What renames have left that were cut short: of two names of one document the later one counts. */
  outdated(): { readonly file: JournalEntry; readonly renamed: JournalEntry }[] {
    return [...this.#journal.entries.values()].flatMap((file) => {
      const renamed = this.ofDocument(file.id);
      return renamed === undefined || renamed.name === file.name ? [] : [{ file, renamed }];
    });
  }

  async note(file: JournalEntry): Promise<void> {
    this.#hold(file);
    await this.#journal.note(file);
  }

  async noteDurably(file: JournalEntry): Promise<void> {
    this.#hold(file);
    await this.#journal.noteDurably(file);
  }

  /** The name is free again. */
  async forget({ name, id }: JournalEntry): Promise<void> {
    this.#names.release(name);
    if (this.#byDocument.get(id) === name) this.#byDocument.delete(id);
    await this.#journal.forget(name);
  }

  #hold({ name, id }: JournalEntry): void {
    this.#names.take(name);
    this.#byDocument.set(id, name);
  }
}
