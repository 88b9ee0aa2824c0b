import type { DocumentId } from "@scriptorium/ids";
import { decodeText } from "../files/decode-text";
import { Refusal } from "../files/refusal";
import type { Logger } from "../observability/logger";
import type { CatalogueEntry } from "../projections/projection-reader";
import { EditRefusedError, type TextSet } from "../sync/server-edits";
import { AsOfError } from "../texts/read-as-of";
import { type Found, hashOf, type MirrorDirectory } from "./mirror-directory";
import type { JournalEntry } from "./mirror-journal";
import type { MirroredDocuments } from "./mirrored-documents";
import type { MirroredFiles } from "./mirrored-files";
import { titleOfFile } from "./title-of-file";

/** Why a file is left alone. */
export type RefusalReason = "no_file" | "too_large" | "not_text" | "read_only" | "document_full";

export interface FileKeeperOptions {
  readonly directory: MirrorDirectory;
  readonly files: MirroredFiles;
  readonly documents: MirroredDocuments;
  /** Files that somebody has made larger are left alone. */
  readonly fileBytesMax: number;
  /** How large a file can be that the server has written. */
  readonly ownBytesMax: number;
  /** How long nothing may have happened to a file before it counts as whole. */
  readonly settledMs: number;
  /** The same for a file that has become empty: some programs empty a file before they write it. */
  readonly emptiedMs: number;
  /** Has {@link FileKeeper.keep} called for a document, soon. */
  readonly keepSoon: (id: string) => void;
  /** Has {@link FileKeeper.take} called for a file, when it may have settled. */
  readonly takeSoon: (name: string) => void;
  readonly metrics: {
    readonly written: { inc(): void };
    readonly taken: { inc(): void };
    readonly refused: { inc(labels: { readonly reason: RefusalReason }): void };
  };
  readonly logger: Logger;
  readonly now: () => number;
}

/** How a file stands to what the server knows of it. */
type Standing =
  | { readonly type: "missing" }
  | { readonly type: "same"; readonly found: Found }
  /** Somebody has edited it. */
  | { readonly type: "edited"; readonly found: Found }
  /** It holds what cannot be taken, and is not written over. */
  | { readonly type: "refused" };

const titleLengthMax = 200;

/**
 * Keeps files and documents the same, one at a time. What somebody has done to a file is always taken before the file is
 * written; and what is about to happen is noted first, so that after a crash the server's own doing is not taken for
 * somebody's.
 */
export class FileKeeper {
  readonly #options: FileKeeperOptions;
  /** By name, the stamp of what is known to be in a file. */
  readonly #seen = new Map<string, string>();
  /** By name, the stamp of a file that is left alone. */
  readonly #refused = new Map<string, string>();
  /** By name, a stamp that has not settled, and since when it is there. */
  readonly #settling = new Map<string, { readonly stamp: string; readonly sinceMs: number }>();

  constructor(options: FileKeeperOptions) {
    this.#options = options;
  }

  /** Does to a document's file what was done to the document. */
  async keep(id: string): Promise<void> {
    const { documents, files, takeSoon } = this.#options;
    const entry = documents.find(id as DocumentId);
    const file = files.ofDocument(id);
    if (entry === undefined || entry.deletedMs !== null) {
      if (file !== undefined) await this.#drop(file, entry);
      return;
    }
    if (file === undefined) {
      await this.#add(entry);
      return;
    }
    const standing = await this.#look(file);
    if (standing.type === "refused") return;
    if (standing.type === "edited") {
      takeSoon(file.name);
      return;
    }
    const found = standing.type === "same" ? standing.found : undefined;
    const known = files.ofDocument(id) ?? file;
    await this.#update(await this.#rename(known, entry, found), entry, found);
  }

  /** Does to a document what was done to its file; makes one of a new file. */
  async take(name: string): Promise<void> {
    const { directory, files, takeSoon, keepSoon } = this.#options;
    const found = await directory.find(name);
    const file = this.#known(name);
    if (found === undefined) {
      for (const noted of [this.#seen, this.#refused, this.#settling]) noted.delete(name);
      // What was deleted here is there all the same.
      if (file !== undefined) keepSoon(file.id);
      return;
    }
    if (this.#seen.get(name) === found.stamp || this.#refused.get(name) === found.stamp) return;
    if (!this.#hasSettled(name, found, file !== undefined)) {
      takeSoon(name);
      return;
    }
    // Whatever the document has become meanwhile comes behind that.
    if (file !== undefined) keepSoon(file.id);
    if (file !== undefined && (await this.#look(file)).type === "same") return;
    const content = await this.#read(name, found);
    if (content === "refused") return;
    if (content === "changing") {
      takeSoon(name);
      return;
    }
    const hash = await hashOf(content.bytes);
    if (file === undefined) await this.#adopt(name, content.text, hash, found);
    else await this.#takeEdit(files.named(file.name) ?? file, content.text, hash, found);
  }

  /** Whether somebody may have done something to a file since it was last looked at. */
  async hasChanged(name: string): Promise<boolean> {
    const stamp = (await this.#options.directory.find(name))?.stamp;
    if (stamp === undefined) return this.#known(name) !== undefined;
    return this.#seen.get(name) !== stamp && this.#refused.get(name) !== stamp;
  }

  #known(name: string): JournalEntry | undefined {
    const { files } = this.#options;
    return files.named(name) ?? files.named(name.normalize("NFC"));
  }

  /** Gives a document a file: one that says the same already, or a new one. */
  async #add(entry: CatalogueEntry): Promise<void> {
    const { documents, files, directory } = this.#options;
    const { text, revision } = await documents.text(entry.id as DocumentId);
    const bytes = Buffer.from(text);
    const hash = await hashOf(bytes);
    for (;;) {
      const name = files.freeName(entry.title, entry.language);
      const found = await directory.find(name);
      const file = fileOf(name, entry, hash, revision);
      if (found === undefined) {
        await this.#put({ ...file, before: undefined }, bytes, undefined);
        return;
      }
      const same = found.isFile && found.bytes === bytes.length && (await directory.read(name, found));
      if (same && bytes.equals(same)) {
        await files.note(file);
        this.#seen.set(name, found.stamp);
        return;
      }
      // Somebody else's: it becomes a document of its own.
    }
  }

  /**
   * The document is in the trash, and its file goes; but not what somebody has written there meanwhile, nor the file of a
   * document that the data does not have, as behind the restore of an older backup: it is a new one.
   */
  async #drop(file: JournalEntry, entry: CatalogueEntry | undefined): Promise<void> {
    const { files, directory, takeSoon } = this.#options;
    const standing = await this.#look(file);
    const isStale = standing.type === "same" && entry !== undefined;
    if (isStale) await directory.remove(file.name);
    await files.forget(file);
    this.#seen.delete(file.name);
    if (!isStale) takeSoon(file.name);
  }

  /** Gives a file the name that its document's title makes, if that was changed. */
  async #rename(file: JournalEntry, entry: CatalogueEntry, found: Found | undefined): Promise<JournalEntry> {
    const { files, directory } = this.#options;
    const { title, language } = entry;
    if (file.title === title && file.language === language) return file;
    const name = await this.#freeNameFor(entry, file.name);
    const renamed = { ...file, name, title, language };
    await files.noteDurably(renamed);
    try {
      if (found !== undefined) await directory.rename(file.name, name);
    } catch (error) {
      await files.forget(renamed);
      await files.note(file);
      throw error;
    }
    await files.forget(file);
    this.#seen.delete(file.name);
    if (found !== undefined) this.#seen.set(name, found.stamp);
    return renamed;
  }

  async #freeNameFor({ title, language }: CatalogueEntry, own: string): Promise<string> {
    const { files, directory } = this.#options;
    for (;;) {
      const name = files.freeName(title, language, own);
      if ((await directory.find(name)) === undefined) return name;
    }
  }

  /** Writes what the document says now, if the file does not say it. */
  async #update(file: JournalEntry, entry: CatalogueEntry, found: Found | undefined): Promise<void> {
    const { documents, files } = this.#options;
    const version = versionOf(entry);
    if (found !== undefined && file.version === version && file.taking === undefined) return;
    const { text, revision } = await documents.text(entry.id as DocumentId);
    const bytes = Buffer.from(text);
    const hash = await hashOf(bytes);
    const state = { ...file, hash, revision: revision ?? "0", version, also: undefined, taking: undefined };
    if (found !== undefined && (hash === file.hash || state.revision === file.revision)) {
      // Line ends may be others than the document's: they stay until there is something to write.
      await files.note({ ...state, hash: file.hash, before: undefined });
      return;
    }
    const { hash: former, revision: base, also } = file;
    const before = found === undefined ? undefined : { hash: former, revision: base, also };
    await this.#put({ ...state, before }, bytes, found);
  }

  async #put(file: JournalEntry, bytes: Buffer, found: Found | undefined): Promise<void> {
    const { directory, files, keepSoon, takeSoon, metrics } = this.#options;
    const former = files.named(file.name);
    const takeBack = () => (former === undefined ? files.forget(file) : files.note(former));
    let put: Found | undefined;
    try {
      put = await directory.replace(file.name, bytes, found, () => files.noteDurably(file));
    } catch (error) {
      await takeBack();
      throw error;
    }
    if (put === undefined) {
      // Somebody was faster.
      await takeBack();
      takeSoon(file.name);
      keepSoon(file.id);
      return;
    }
    this.#seen.set(file.name, put.stamp);
    metrics.written.inc();
    await files.note({ ...file, before: undefined });
  }

  async #look(file: JournalEntry): Promise<Standing> {
    const { directory, files } = this.#options;
    const { name } = file;
    const found = await directory.find(name);
    if (found === undefined) return { type: "missing" };
    if (this.#seen.get(name) === found.stamp) return { type: "same", found };
    if (this.#refused.get(name) === found.stamp) return { type: "refused" };
    if (!found.isFile || found.bytes > this.#options.ownBytesMax) return { type: "edited", found };
    const bytes = await directory.read(name, found);
    const hash = bytes === undefined ? undefined : await hashOf(bytes);
    const isBefore = hash !== undefined && hash === file.before?.hash;
    if (isBefore) await files.note(asBefore(file));
    if (!isBefore && (hash !== file.hash || file.taking !== undefined)) return { type: "edited", found };
    this.#seen.set(name, found.stamp);
    return { type: "same", found };
  }

  /** Whether nothing has happened to a file for a while. */
  #hasSettled(name: string, { stamp, bytes, changedMs }: Found, isKnown: boolean): boolean {
    const { settledMs, emptiedMs, now } = this.#options;
    const settling = this.#settling.get(name);
    const sinceMs = settling?.stamp === stamp ? settling.sinceMs : now();
    // The clock of a file system elsewhere may go wrong: then what was seen here counts.
    const quietMs = Math.max(now() - sinceMs, now() - changedMs);
    if (quietMs >= (bytes === 0 && isKnown ? emptiedMs : settledMs)) {
      this.#settling.delete(name);
      return true;
    }
    this.#settling.set(name, { stamp, sinceMs });
    return false;
  }

  async #read(
    name: string,
    found: Found,
  ): Promise<"changing" | "refused" | { readonly bytes: Buffer; readonly text: string }> {
    if (!found.isFile) return this.#refuse(name, found, "no_file");
    if (found.bytes > this.#options.fileBytesMax) return this.#refuse(name, found, "too_large");
    const bytes = await this.#options.directory.read(name, found);
    if (bytes === undefined) return "changing";
    try {
      return { bytes, text: decodeText(bytes) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.#refuse(name, found, "not_text");
    }
  }

  /** Leaves a file alone until somebody changes it, and says so once. */
  #refuse(name: string, { stamp }: Found, reason: RefusalReason): "refused" {
    const { logger, metrics } = this.#options;
    this.#refused.set(name, stamp);
    metrics.refused.inc({ reason });
    logger.warn({ file: name, reason }, "a file of the mirror is left alone");
    return "refused";
  }

  /** Makes a document of a new file. */
  async #adopt(name: string, text: string, hash: string, { stamp }: Found): Promise<void> {
    const { documents, files, metrics, keepSoon } = this.#options;
    const entry = await documents.create({ ...titleOfFile(name), text });
    const { revision } = await documents.text(entry.id as DocumentId);
    // As it is: whoever made it goes on with it under that name.
    await files.noteDurably(fileOf(name, entry, hash, revision));
    this.#seen.set(name, stamp);
    metrics.taken.inc();
    keepSoon(entry.id);
  }

  async #takeEdit(file: JournalEntry, text: string, hash: string, found: Found): Promise<void> {
    const { documents, files, keepSoon, metrics } = this.#options;
    const id = file.id as DocumentId;
    const { taking } = file;
    if (taking !== undefined && (await documents.hasEdit(id, taking.author, BigInt(file.revision)))) {
      // The server was killed when it had done that.
      const taken = withEditBy(taking.author, { ...file, hash: taking.hash });
      if (taking.hash === hash) await this.#taken(taken, hash, found, undefined);
      else await this.#takeEdit(taken, text, hash, found);
      return;
    }
    const author = documents.mintAuthor();
    await files.noteDurably({ ...file, taking: { hash, author } });
    try {
      const set = await documents.setText(id, text, file, author);
      if (set.inserted + set.deleted > 0) metrics.taken.inc();
      await this.#taken(set.isExact ? file : withEditBy(author, file), hash, found, set);
    } catch (error) {
      if (error instanceof AsOfError) await this.#takeWithoutBase(file, text, hash, found);
      else if (!(error instanceof EditRefusedError)) throw error;
      else if (error.code === "NOT_PRESENT") keepSoon(file.id);
      else if (error.code === "CONFLICT") await this.#keepBoth(file, text, hash, found);
      else {
        await files.note(file);
        this.#refuse(file.name, found, error.code === "READ_ONLY" ? "read_only" : "document_full");
      }
    }
  }

  /** The document has what is in the file; if it has more, the file gets that at once, before somebody goes on with it. */
  async #taken(file: JournalEntry, hash: string, found: Found, set: TextSet | undefined): Promise<void> {
    const { documents, files } = this.#options;
    this.#seen.set(file.name, found.stamp);
    const taken = { ...file, hash, version: undefined, before: undefined, taking: undefined };
    if (set?.isExact === true) {
      await files.note({ ...taken, revision: String(set.revision), also: undefined });
      return;
    }
    // Who goes on with the file before it is written goes on from this.
    await files.note(taken);
    const entry = documents.find(file.id as DocumentId);
    if (entry !== undefined && entry.deletedMs === null) await this.#update(taken, entry, found);
  }

  /** The history does not reach back to what the file was made of. */
  async #takeWithoutBase(file: JournalEntry, text: string, hash: string, found: Found): Promise<void> {
    const { documents } = this.#options;
    const id = file.id as DocumentId;
    const current = Buffer.from((await documents.text(id)).text);
    if ((await hashOf(current)) !== file.hash) {
      await this.#keepBoth(file, text, hash, found);
      return;
    }
    // The document still says what was in the file.
    const set = await documents.setText(id, text, undefined, documents.mintAuthor());
    this.#options.metrics.taken.inc();
    await this.#taken(file, hash, found, set);
  }

  /** Where nobody can tell what was changed, the file becomes a document of its own, and the document's file is written anew. */
  async #keepBoth(file: JournalEntry, text: string, hash: string, found: Found): Promise<void> {
    const { documents, logger, keepSoon } = this.#options;
    const suffix = " (from the file)";
    const title = `${file.title.slice(0, titleLengthMax - suffix.length).replace(/[\ud800-\udbff]$/, "")}${suffix}`;
    const copy = await documents.create({ title, language: file.language ?? undefined, text });
    keepSoon(copy.id);
    logger.warn(
      { file: file.name, document: file.id, copy: copy.id },
      "a file and its document were changed so that they cannot be merged: the file's text is a document of its own",
    );
    await this.#taken(file, hash, found, undefined);
  }
}

/** Nothing was written in its place. */
function asBefore({ before, ...file }: JournalEntry): JournalEntry {
  return { ...file, ...before, version: undefined };
}

function fileOf(name: string, entry: CatalogueEntry, hash: string, revision: string | null): JournalEntry {
  const { id, title, language } = entry;
  return { name, id, title, language, hash, revision: revision ?? "0", version: versionOf(entry) };
}

/** The file has an edit, too, that the document has among others. */
function withEditBy(author: string, file: JournalEntry): JournalEntry {
  return { ...file, also: [...(file.also ?? []), author], taking: undefined };
}

/** Another one whenever the text may be another. */
function versionOf({ epoch, edits }: CatalogueEntry): string {
  return `${epoch} ${edits}`;
}
