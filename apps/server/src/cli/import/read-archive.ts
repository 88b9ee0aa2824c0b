import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type { RecordInput } from "@scriptorium/log";
import {
  type ArchiveDocument,
  type ArchiveEntry,
  ArchiveLineError,
  archiveVersion,
  decodeEntry,
} from "../../archive/archive-format";
import { OperationError } from "../../operations/operation-error";
import { splitLines } from "./split-lines";

/** What whoever reads an archive is told, in this order. */
export type ArchiveItem =
  | { readonly record: RecordInput; readonly document?: never }
  | { readonly record?: never; readonly document: ArchiveDocument };

export interface ReadArchiveOptions {
  readonly signal: AbortSignal;
  /** Called with the size of each piece of the file. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * The records of an archive in their order, and then its documents. What was read before it throws may be part of what is
 * damaged: read to the end before believing any of it.
 *
 * @throws {OperationError} NOT_FOUND: this is no archive. UNSUPPORTED_VERSION. DAMAGED: with the number of the line
 */
export async function* readArchive(
  path: string,
  { signal, onBytes }: ReadArchiveOptions,
): AsyncGenerator<ArchiveItem, void, undefined> {
  const file = createReadStream(path);
  if (onBytes !== undefined) file.on("data", (piece) => onBytes(piece.length));
  const unpacked = file.pipe(createGunzip());
  // `pipe` hands on no errors.
  file.once("error", (error) => unpacked.destroy(error));
  const reading = new Reading(path);
  try {
    for await (const line of splitLines(unpacked, () => reading.lineBytesMax)) {
      signal.throwIfAborted();
      const item = reading.take(line);
      if (item !== undefined) yield item;
    }
    reading.finish();
  } catch (error) {
    throw reading.explain(error);
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

const mebibyte = 1024 * 1024;

/** Checks that the lines of an archive follow on each other as they must. */
class Reading {
  readonly #path: string;
  readonly #sha256 = createHash("sha256");
  #line = 0;
  #state: "beginning" | "records" | "documents" | "ended" = "beginning";
  #records = 0;
  #documents = 0;
  #revision = 0n;

  constructor(path: string) {
    this.#path = path;
  }

  /** Of the next line: what is no archive is not unpacked at length, and a record has a largest size. */
  get lineBytesMax(): number {
    return this.#state === "beginning" ? mebibyte : 384 * mebibyte;
  }

  /** @throws {ArchiveLineError} */
  take(line: Uint8Array): ArchiveItem | undefined {
    this.#line += 1;
    if (this.#state === "ended") throw new ArchiveLineError("there is more behind the end");
    const entry = decodeEntry(line);
    if ((this.#state === "beginning") !== (entry.type === "archive")) {
      throw new ArchiveLineError("it is not where it belongs");
    }
    const item = this.#enter(entry);
    if (entry.type !== "end") this.#sha256.update(line).update("\n");
    return item;
  }

  /** @throws {ArchiveLineError} */
  finish(): void {
    if (this.#state !== "ended") throw new ArchiveLineError("the archive has no end: it was cut off");
  }

  /** What to say to an operator of an error met on the way. */
  explain(error: unknown): unknown {
    const options = { cause: error };
    if (error instanceof ArchiveLineError) {
      if (this.#state === "beginning" && !error.isNewer) return this.#foreign(options);
      const what = `${this.#path}, line ${this.#line}: ${error.message}`;
      if (!error.isNewer)
        return new OperationError("DAMAGED", `${what}. Use another copy of the archive`, options);
      const hint = `This release knows archives of format ${archiveVersion}: use the one that wrote it, or a newer one`;
      return new OperationError("UNSUPPORTED_VERSION", `${what}. ${hint}`, options);
    }
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT")
      return new OperationError("NOT_FOUND", `there is no archive ${this.#path}`, options);
    if (code === "EISDIR") return this.#foreign(options);
    if (!code.startsWith("Z_")) return error;
    // So says zlib where the file ends too early.
    if (code === "Z_BUF_ERROR") {
      return new OperationError(
        "DAMAGED",
        `${this.#path} ends too early, behind line ${this.#line}: it was cut off`,
        options,
      );
    }
    if (this.#line === 0) return this.#foreign(options);
    return new OperationError(
      "DAMAGED",
      `${this.#path} cannot be unpacked behind line ${this.#line}`,
      options,
    );
  }

  #foreign(options: ErrorOptions): OperationError {
    return new OperationError(
      "NOT_FOUND",
      `${this.#path} is not an archive that scriptorium export has written`,
      options,
    );
  }

  #enter(entry: ArchiveEntry): ArchiveItem | undefined {
    switch (entry.type) {
      case "archive":
        this.#state = "records";
        return undefined;
      case "record": {
        const { record } = entry;
        if (this.#state !== "records") throw new ArchiveLineError("it is not where it belongs");
        if (record.revision < this.#revision) throw new ArchiveLineError("it is older than the one before");
        this.#revision = record.revision;
        this.#records += 1;
        return { record };
      }
      case "document":
        this.#state = "documents";
        this.#documents += 1;
        return { document: entry };
      case "end": {
        this.#state = "ended";
        const isWhole = entry.records === this.#records && entry.documents === this.#documents;
        if (!isWhole || entry.sha256 !== this.#sha256.digest("hex")) {
          throw new ArchiveLineError("it does not belong to what is before");
        }
        return undefined;
      }
    }
  }
}
