import { open, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import type * as Y from "yjs";
import { assertFree, makeWhole } from "../../backups/staging";
import { FileNames } from "../../files/file-name";
import { encodeIndexEntry, IndexWriter, indexName } from "../../files/files-index";
import { OperationError } from "../../operations/operation-error";
import type { Progress } from "../../operations/progress";
import { type CatalogueEntry, ProjectionReader } from "../../projections/projection-reader";
import { ProjectionStore } from "../../projections/projection-store";
import { Projector } from "../../projections/projector";
import { type SoundLog, soundLog } from "./sound-log";

export interface ExportFilesOptions {
  readonly logDirectory: string;
  /** Absolute path of a new or empty directory. */
  readonly target: string;
  readonly createdAt: Date;
  readonly signal: AbortSignal;
  readonly verifying: Progress;
  readonly reading: Progress;
  readonly writing: Progress;
}

export interface ExportFilesResult {
  readonly documents: number;
  readonly bytes: number;
}

interface Sources {
  readonly log: SoundLog;
  readonly projector: Projector;
  readonly reader: ProjectionReader;
}

/** What of a document becomes a file. */
interface Content {
  readonly text: string;
  readonly language: string | null;
}

/** Disks take the syncs of several files together. */
const filesAtOnce = 16;
/** Positions that are read between two looks at whether somebody has asked to stop. */
const positionsAtOnce = 65_536;

/**
 * Writes the text of every document that is not in the trash as a file, while a server may be writing the log.
 *
 * @throws {OperationError} IN_THE_WAY, DAMAGED, and what the disk may say: there is nothing at `target` then
 */
export async function exportFiles(options: ExportFilesOptions): Promise<ExportFilesResult> {
  await assertFree(options.target, "Name a new directory");
  return makeWhole(options.target, async (directory) => {
    // What the server derives from the log may be behind it, or not there: this is made of the log as it is now.
    const derived = join(directory, ".derived");
    try {
      return await writeAll(directory, join(derived, "projections.db"), options);
    } finally {
      await rm(derived, { recursive: true, force: true });
    }
  });
}

async function writeAll(
  directory: string,
  databaseFile: string,
  options: ExportFilesOptions,
): Promise<ExportFilesResult> {
  const { logDirectory, signal, verifying } = options;
  const log = await soundLog(logDirectory, signal, verifying);
  const store = ProjectionStore.open(databaseFile, log.lastPosition);
  try {
    const projector = await openProjector(logDirectory, store);
    try {
      await fold(projector, log, options);
      const reader = new ProjectionReader(databaseFile);
      try {
        return await writeDocuments(directory, store.documentIds(), { log, projector, reader }, options);
      } finally {
        reader.close();
      }
    } finally {
      await projector.close();
    }
  } finally {
    store.close();
  }
}

function openProjector(logDirectory: string, store: ProjectionStore): Promise<Projector> {
  return Projector.open({
    logDirectory,
    store,
    events: {
      checkpointed: () => {},
      quarantined: () => {},
      damaged: (damage) => {
        throw new OperationError("DAMAGED", `the log is damaged: ${damage.message}`, { cause: damage });
      },
    },
  });
}

async function fold(
  projector: Projector,
  { lastPosition, bytes }: SoundLog,
  { signal, reading }: ExportFilesOptions,
): Promise<void> {
  await projector.begin(lastPosition);
  while (projector.position < lastPosition) {
    signal.throwIfAborted();
    await projector.advance(Math.min(lastPosition, projector.position + positionsAtOnce));
    while (projector.checkpointNext()) signal.throwIfAborted();
    reading.update((bytes * projector.position) / lastPosition, bytes);
  }
  reading.end();
}

async function writeDocuments(
  directory: string,
  ids: readonly string[],
  { log, projector, reader }: Sources,
  { createdAt, signal, writing }: ExportFilesOptions,
): Promise<ExportFilesResult> {
  const names = new FileNames();
  const index = await IndexWriter.create(join(directory, indexName), createdAt);
  let documents = 0;
  let bytes = 0;
  const waiting: Promise<number>[] = [];
  try {
    // Oldest first, so that the same documents get the same names next time.
    for (const [number, id] of ids.toSorted().entries()) {
      signal.throwIfAborted();
      writing.update((log.bytes * number) / ids.length, log.bytes);
      const entry = reader.document(id);
      if (entry === undefined || entry.deletedMs !== null) continue;
      const content = projector.read(id, (doc) => contentOf(doc, entry));
      const file = names.nameOf(entry.title, content.language);
      waiting.push(writeText(join(directory, file), content.text, entry.updatedMs));
      await index.add(encodeIndexEntry({ ...entry, file, language: content.language }));
      documents += 1;
      if (waiting.length >= filesAtOnce) bytes += sum(await Promise.all(waiting.splice(0)));
    }
    bytes += sum(await Promise.all(waiting));
    await index.finish();
  } finally {
    await Promise.allSettled(waiting);
    await index.close();
  }
  writing.end();
  return { documents, bytes };
}

/** What people have chosen in the document counts before what it was created with. */
function contentOf(doc: Y.Doc, { language }: CatalogueEntry): Content {
  const chosen: unknown = doc.getMap("settings").get("language");
  return {
    text: doc.getText("content").toString(),
    language: typeof chosen === "string" ? chosen : language,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

async function writeText(path: string, text: string, updatedMs: number): Promise<number> {
  const bytes = Buffer.from(text);
  const file = await open(path, "wx", 0o640);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  const updated = new Date(updatedMs);
  await utimes(path, updated, updated);
  return bytes.length;
}
