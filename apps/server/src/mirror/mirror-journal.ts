import { type FileHandle, open, readFile, rename } from "node:fs/promises";
import { z } from "zod";

const state = z.object({
  hash: z.string(),
  revision: z.string().regex(/^\d{1,20}$/),
  also: z.array(z.string()).optional(),
});

const entry = state.extend({
  name: z.string().min(1),
  id: z.string(),
  title: z.string(),
  language: z.string().nullable(),
  version: z.string().optional(),
  before: state.optional(),
  taking: z.object({ hash: z.string(), author: z.string() }).optional(),
});

const line = z.union([entry, z.object({ name: z.string(), gone: z.literal(true) })]);

/** What is known of a file, so that after a restart an edit of it is told from what the server has written. */
export interface JournalEntry {
  readonly name: string;
  /** The document's. */
  readonly id: string;
  /** What the name was made of. */
  readonly title: string;
  readonly language: string | null;
  /** Of the bytes that the server has last written, or taken. */
  readonly hash: string;
  /** Of the document, as decimal text: the text in the file. */
  readonly revision: string;
  /** How the catalogue had the document then; undefined where the file lacks something of it. */
  readonly version?: string | undefined;
  /** Authors of later edits of the document that came from this file, and are in it, too. */
  readonly also?: readonly string[] | undefined;
  /** The same of what was there before, while it is not certain that it was replaced. */
  readonly before?: Pick<JournalEntry, "hash" | "revision" | "also"> | undefined;
  /** An edit of the file that is being taken, and the author that its record has, so that it is not taken twice. */
  readonly taking?: { readonly hash: string; readonly author: string } | undefined;
}

/** Lines beyond those that are needed, before the journal is written anew. */
const spareLines = 2000;

/** The mirror's memory: a line for each change of what is known of a file; the last one of a name counts. */
export class MirrorJournal {
  readonly #path: string;
  readonly #entries: Map<string, JournalEntry>;
  #file: FileHandle;
  #lines: number;

  private constructor(path: string, file: FileHandle, entries: Map<string, JournalEntry>) {
    this.#path = path;
    this.#file = file;
    this.#entries = entries;
    this.#lines = entries.size;
  }

  /** A line that a crash has torn, and a file that is not there, say nothing. */
  static async open(path: string): Promise<MirrorJournal> {
    const entries = await readEntries(path);
    return new MirrorJournal(path, await rewrite(path, entries.values()), entries);
  }

  /** By name, as of the last change. */
  get entries(): ReadonlyMap<string, JournalEntry> {
    return this.#entries;
  }

  /** Notes what is known now; survives the end of the process, but not that of the machine. */
  async note(known: JournalEntry): Promise<void> {
    this.#entries.set(known.name, known);
    await this.#append(known);
  }

  /** The same, on disk when this resolves. */
  async noteDurably(known: JournalEntry): Promise<void> {
    await this.note(known);
    await this.#file.datasync();
  }

  async forget(name: string): Promise<void> {
    if (this.#entries.delete(name)) await this.#append({ name, gone: true });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(value: object): Promise<void> {
    await this.#file.appendFile(`${JSON.stringify(value)}\n`);
    this.#lines += 1;
    if (this.#lines < 2 * this.#entries.size + spareLines) return;
    const former = this.#file;
    this.#file = await rewrite(this.#path, this.#entries.values());
    this.#lines = this.#entries.size;
    await former.close();
  }
}

async function readEntries(path: string): Promise<Map<string, JournalEntry>> {
  const entries = new Map<string, JournalEntry>();
  for (const text of (await readIfThere(path)).split("\n")) {
    const known = parse(text);
    if (known === undefined) continue;
    if ("gone" in known) entries.delete(known.name);
    else entries.set(known.name, known);
  }
  return entries;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

function parse(text: string): z.infer<typeof line> | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Replaces the journal at once or not at all, and leaves it open for more. */
async function rewrite(path: string, entries: Iterable<JournalEntry>): Promise<FileHandle> {
  const unfinished = `${path}.tmp`;
  const file = await open(unfinished, "w", 0o640);
  try {
    const lines = [...entries].map((known) => `${JSON.stringify(known)}\n`);
    await file.writeFile(lines.join(""));
    await file.datasync();
    await rename(unfinished, path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
