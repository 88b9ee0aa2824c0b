import { ImportError } from "./import-error";
import { fileBytesMax, unpackedBytesMax } from "./limits";
import { readFile } from "./read-text-file";
import type { ImportedDocument } from "./to-document";

/** A file, in a browser or in an archive. */
export interface Source {
  readonly name: string;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

export type ItemState =
  | { readonly is: "waiting" }
  | { readonly is: "working" }
  | { readonly is: "done"; readonly documentId: string }
  | { readonly is: "failed"; readonly error: Error }
  | { readonly is: "cancelled" };

/** One file of an import. */
export interface ImportItem {
  readonly key: number;
  readonly name: string;
  readonly state: ItemState;
}

export interface ImporterParts {
  readonly create: (document: ImportedDocument) => Promise<{ readonly id: string }>;
  readonly toDocument: (name: string, bytes: Uint8Array) => Promise<ImportedDocument>;
  readonly isZip: (name: string, head: Uint8Array) => boolean;
  readonly readZip: (archive: Uint8Array<ArrayBuffer>) => readonly Source[];
}

interface Job extends Source {
  readonly isInZip: boolean;
}

/**
 * Makes documents of files, one after the other. What fails says why and can be tried again; an archive is replaced by
 * the files in it.
 */
export class Importer {
  readonly #parts: ImporterParts;
  readonly #jobs = new Map<number, Job>();
  readonly #listeners = new Set<() => void>();
  #items: readonly ImportItem[] = [];
  #keys = 0;
  #running: Promise<void> | undefined;

  constructor(parts: ImporterParts) {
    this.#parts = parts;
  }

  /** In the order in which they are imported. The same list until something changes. */
  readonly items = (): readonly ImportItem[] => this.#items;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Resolves when nothing is left to do. */
  add(sources: readonly Source[]): Promise<void> {
    const items = sources.map((source) => this.#itemOf({ ...methodsOf(source), isInZip: false }));
    this.#show([...this.#items, ...items]);
    return this.#run();
  }

  /** Lets the file under way finish, and begins no other. */
  cancel(): void {
    this.#show(
      this.#items.map((item) =>
        item.state.is === "waiting" ? { ...item, state: { is: "cancelled" } } : item,
      ),
    );
  }

  /** Tries again what failed or was cancelled. Resolves when nothing is left to do. */
  retry(): Promise<void> {
    this.#show(
      this.#items.map((item) =>
        item.state.is === "failed" || item.state.is === "cancelled"
          ? { ...item, state: { is: "waiting" } }
          : item,
      ),
    );
    return this.#run();
  }

  #run(): Promise<void> {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #work(): Promise<void> {
    for (;;) {
      const item = this.#items.find(({ state }) => state.is === "waiting");
      const job = item && this.#jobs.get(item.key);
      if (item === undefined || job === undefined) return;
      this.#setState(item.key, { is: "working" });
      try {
        await this.#import(item.key, job);
      } catch (error) {
        this.#setState(item.key, {
          is: "failed",
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
    }
  }

  async #import(key: number, job: Job): Promise<void> {
    const bytes = await job.read();
    if (this.#parts.isZip(job.name, bytes)) {
      if (job.isInZip) throw new ImportError("ZIP_NESTED");
      const entries = this.#parts
        .readZip(bytes)
        .map((entry) => this.#itemOf({ ...methodsOf(entry), isInZip: true }));
      this.#jobs.delete(key);
      this.#show(this.#items.flatMap((item) => (item.key === key ? entries : [item])));
      return;
    }
    const { id } = await this.#parts.create(await this.#parts.toDocument(job.name, bytes));
    this.#jobs.delete(key);
    this.#setState(key, { is: "done", documentId: id });
  }

  #itemOf(job: Job): ImportItem {
    const key = ++this.#keys;
    this.#jobs.set(key, job);
    return { key, name: job.name, state: { is: "waiting" } };
  }

  #setState(key: number, state: ItemState): void {
    this.#show(this.#items.map((item) => (item.key === key ? { ...item, state } : item)));
  }

  #show(items: readonly ImportItem[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }
}

function methodsOf(source: Source): Source {
  return { name: source.name, read: () => source.read() };
}

/** A file that a person chose. @throws {ImportError} TOO_LARGE, UNREADABLE when it is read */
export function sourceOf(file: File): Source {
  return {
    name: file.name,
    read: async () => {
      const most = /\.zip$/i.test(file.name) ? unpackedBytesMax : fileBytesMax;
      return readFile(file, most);
    },
  };
}
