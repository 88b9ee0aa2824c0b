import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Ulid, ulidFromBytes } from "@scriptorium/ids";
import type { RecordInput } from "@scriptorium/log";
import { RecordSpool } from "../../archive/record-spool";
import { type Found, findCandidates, isEtherpad } from "../../files/candidates";
import { type IndexEntry, indexName, readIndex } from "../../files/files-index";
import { Refusal } from "../../files/refusal";
import { OperationError } from "../../operations/operation-error";
import type { Progress } from "../../operations/progress";
import { type Addition, addDocuments } from "./add-documents";
import { documentOfText, documentsOfEtherpad, type FileDocument } from "./files-to-documents";
import { openTarget } from "./open-target";
import { surveyLog, type Wanted } from "./survey-log";

export interface ImportFilesOptions {
  /** Absolute path of a directory, or of one file. */
  readonly source: string;
  readonly dataDirectory: string;
  /** Of this product. */
  readonly version: string;
  /** Say what would happen, and change nothing. */
  readonly dryRun: boolean;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly reading: Progress;
  readonly surveying: Progress;
  readonly writing: Progress;
}

/** A file that became no document, or not all of it. */
export interface FileNote {
  readonly path: string;
  readonly because: string;
}

export interface ImportFilesResult {
  /** Those that were, or would be, added. */
  readonly added: number;
  /** Those that were there already. */
  readonly present: number;
  readonly refused: readonly FileNote[];
  /** What of the files that became documents is not in these. */
  readonly left: readonly FileNote[];
  /** Where the log before is kept; undefined if there was none, or nothing was added. */
  readonly logBefore: string | undefined;
}

/**
 * Makes documents of files, with the times of the files. The same file is the same document, however often it is imported.
 *
 * @throws {OperationError} NOT_FOUND, IN_THE_WAY, and what log and disk may say: nothing was added
 */
export async function importFiles(options: ImportFilesOptions): Promise<ImportFilesResult> {
  const { source, dataDirectory, version, dryRun } = options;
  if (!existsSync(source)) throw new OperationError("NOT_FOUND", `there is no ${source}`);
  const gathering = new Gathering(options.now());
  try {
    await gathering.gather(options);
    const { documents, refused, left } = gathering;
    if (documents.size === 0) return { added: 0, present: 0, refused, left, logBefore: undefined };
    const log = await openTarget(dataDirectory, version);
    try {
      const wanted = new Map([...documents.keys()].map((id) => [id, anything] as const));
      const { found, horizon } = await surveyLog(log, wanted, options);
      for (const id of documents.keys()) if (found.has(id)) documents.delete(id);
      const counts = { added: documents.size, present: found.size, refused, left };
      if (documents.size === 0 || dryRun) return { ...counts, logBefore: undefined };
      const additions = { documents: [...documents.values()], records: gathering.records(horizon) };
      return { ...counts, logBefore: await addDocuments(additions, { ...options, log }) };
    } finally {
      await log.close();
    }
  } finally {
    gathering.close();
  }
}

const nothing = { records: 0, digest: "" };
/** A document is there, whatever has become of it since. */
const anything: Wanted = { text: nothing, catalogue: nothing, other: nothing };

/** What files come to, on their way into the log. What they hold waits on disk. */
class Gathering {
  /** By ID. */
  readonly documents = new Map<Ulid, Addition>();
  readonly refused: FileNote[] = [];
  readonly left: FileNote[] = [];
  readonly #spool = new RecordSpool();
  readonly #nowMs: number;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  async gather({ source, signal, reading }: ImportFilesOptions): Promise<void> {
    const index = await readIndex(join(source, indexName));
    let bytes = 0;
    for await (const found of findCandidates(source)) {
      signal.throwIfAborted();
      if (index !== undefined && found.path === indexName) continue;
      try {
        bytes += await this.#take(found, index?.get(found.path));
      } catch (error) {
        const because = refusalOf(error);
        if (because === undefined) throw error;
        this.refused.push({ path: found.path, because });
      }
      reading.update(bytes, undefined);
    }
    reading.end();
  }

  /** The records of the documents that are still to be added; revisions are above that of the horizon. */
  async *records(horizon: bigint): AsyncGenerator<RecordInput, void, undefined> {
    // What an instance no longer has the history of, begins where that begins.
    for (const record of this.#spool.sorted(horizon)) {
      if (this.documents.has(ulidFromBytes(record.key))) yield record;
    }
  }

  close(): void {
    this.#spool.close();
  }

  /** @returns how many bytes it had */
  async #take(found: Found, indexed: IndexEntry | undefined): Promise<number> {
    if ("refusal" in found) throw new Refusal(found.refusal);
    const { path, modifiedMs } = found;
    const file = { path, modifiedMs, bytes: await found.read() };
    const made = isEtherpad(path) ? documentsOfEtherpad(file) : [documentOfText(file, indexed)];
    for (const document of made) this.#add(path, document);
    return file.bytes.length;
  }

  #add(path: string, { id, from, records, left }: FileDocument): void {
    // The same pad may be in two files.
    if (this.documents.has(id)) return;
    this.documents.set(id, { id, from, epoch: id });
    // A file of the future would make all that is written later as late.
    for (const record of records) {
      this.#spool.add({ ...record, timeMs: Math.min(record.timeMs, this.#nowMs) });
    }
    if (left !== undefined) this.left.push({ path, because: left });
  }
}

/** Why one file is passed over; undefined for what ends the import. */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EACCES" || code === "EPERM") return "may not be read by this user";
  return code === "ENOENT" ? "has gone meanwhile" : undefined;
}
