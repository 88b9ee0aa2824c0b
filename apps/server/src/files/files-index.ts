import { type FileHandle, open, readFile } from "node:fs/promises";
import { z } from "zod";

/** Beside the files of an export: what their names and contents do not say. */
export const indexName = "index.json";
const format = "scriptorium-files";
const version = 1;

const entry = z.object({
  id: z.string(),
  file: z.string(),
  title: z.string(),
  language: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const index = z.object({
  format: z.literal(format),
  version: z.literal(version),
  createdAt: z.iso.datetime(),
  documents: z.array(entry),
});

/** What an export says of a file. */
export type IndexEntry = z.infer<typeof entry>;

/** A document as the catalogue has it, and its file. */
interface IndexedDocument extends Omit<IndexEntry, "createdAt" | "updatedAt" | "tags"> {
  readonly tags: readonly string[];
  readonly createdMs: number;
  readonly updatedMs: number;
}

export function encodeIndexEntry(document: IndexedDocument): IndexEntry {
  const { id, file, title, language, tags, createdMs, updatedMs } = document;
  return {
    ...{ id, file, title, language, tags: [...tags] },
    createdAt: new Date(createdMs).toISOString(),
    updatedAt: new Date(updatedMs).toISOString(),
  };
}

/** Writes the index entry by entry, so that it need not be held in memory. */
export class IndexWriter {
  readonly #file: FileHandle;
  #isFirst = true;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string, createdAt: Date): Promise<IndexWriter> {
    const file = await open(path, "wx", 0o640);
    const head = JSON.stringify({ format, version, createdAt: createdAt.toISOString() });
    await file.writeFile(`${head.slice(0, -1)},"documents":[\n`);
    return new IndexWriter(file);
  }

  async add(document: IndexEntry): Promise<void> {
    await this.#file.writeFile(`${this.#isFirst ? "" : ",\n"}${JSON.stringify(document)}`);
    this.#isFirst = false;
  }

  /** Resolves when all of it is on disk. */
  async finish(): Promise<void> {
    await this.#file.writeFile("\n]}\n");
    await this.#file.sync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** By file, what an export says of it; undefined if `path` is no index of an export. */
export async function readIndex(path: string): Promise<ReadonlyMap<string, IndexEntry> | undefined> {
  try {
    const { documents } = index.parse(JSON.parse(await readFile(path, "utf8")));
    return new Map(documents.map((document) => [document.file, document]));
  } catch {
    // Any other file of this name is a document like the rest.
    return undefined;
  }
}
