import { stat } from "node:fs/promises";
import { parseUlid, type Ulid, ulidFromBytes, ulidToBytes } from "@scriptorium/ids";
import type { RecordInput } from "@scriptorium/log";
import type { ArchiveDocument } from "../../archive/archive-format";
import { DocumentFold } from "../../archive/document-fold";
import { formatTime, plural } from "../../operations/format";
import { OperationError } from "../../operations/operation-error";
import type { Progress } from "../../operations/progress";
import { timeOf } from "../../operations/revision-time";
import { type Addition, addDocuments } from "./add-documents";
import { faultOfRecord } from "./check-record";
import { copyId } from "./derived-id";
import { openTarget } from "./open-target";
import { readArchive } from "./read-archive";
import { type LogSurvey, surveyLog, type Wanted } from "./survey-log";

export interface ImportArchiveOptions {
  /** Absolute path of the archive. */
  readonly archive: string;
  readonly dataDirectory: string;
  /** Of this product. */
  readonly version: string;
  /** Import as copies those documents that are there already, with something else in them. */
  readonly rename: boolean;
  /** Prove the archive, say what would happen, and change nothing. */
  readonly dryRun: boolean;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly checking: Progress;
  readonly surveying: Progress;
  readonly writing: Progress;
}

export interface ImportArchiveResult {
  /** Those that were, or would be, added. */
  readonly added: number;
  /** Of these, those that became copies: under which ID, and of which document. */
  readonly copies: readonly { readonly id: string; readonly of: string }[];
  /** Those that were there already. */
  readonly present: number;
  /** Records of those added. */
  readonly records: number;
  /** Where the log before is kept; undefined if there was none, or nothing was added. */
  readonly logBefore: string | undefined;
}

/** What a whole archive was found to hold. */
interface Checked {
  readonly documents: readonly ArchiveDocument[];
  readonly oldest: bigint | undefined;
}

/** What becomes of the documents of an archive: the IDs that they get, by those that they had. */
interface Plan {
  readonly targets: ReadonlyMap<string, Ulid>;
  readonly present: number;
}

/**
 * Proves an archive to its end, then adds the documents that are not there yet, with their history.
 *
 * @throws {OperationError} NOT_FOUND, UNSUPPORTED_VERSION, DAMAGED, IN_THE_WAY, and what log and disk may say: nothing was added
 */
export async function importArchive(options: ImportArchiveOptions): Promise<ImportArchiveResult> {
  const checked = await checkArchive(options);
  const log = await openTarget(options.dataDirectory, options.version);
  try {
    const wanted = wantedOf(checked.documents);
    const survey = await surveyLog(log, wanted, options);
    const plan = makePlan(checked.documents, survey, options);
    assertBehindHorizon(checked, survey, plan);
    const documents = checked.documents.filter(({ id }) => plan.targets.has(id));
    const logBefore =
      documents.length === 0 || options.dryRun
        ? undefined
        : await addDocuments(
            {
              documents: documents.map((document) => additionOf(document, plan)),
              records: records(plan, options),
            },
            { ...options, log },
          );
    return {
      added: documents.length,
      copies: [...plan.targets].flatMap(([of, id]) => (id === of ? [] : [{ id, of }])),
      present: plan.present,
      records: documents.reduce((sum, document) => sum + recordsOf(document), 0),
      logBefore,
    };
  } finally {
    await log.close();
  }
}

async function checkArchive(options: ImportArchiveOptions): Promise<Checked> {
  const { archive, checking, signal, now } = options;
  const total = await sizeOf(archive);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    checking.update(done, total);
  };
  const nowMs = now();
  const fold = new DocumentFold();
  const documents: ArchiveDocument[] = [];
  let oldest: bigint | undefined;
  for await (const { record, document } of readArchive(archive, { signal, onBytes })) {
    if (record === undefined) {
      documents.push(document);
      continue;
    }
    const fault = faultOfRecord(record, nowMs) ?? foldInto(fold, record);
    if (fault !== undefined) {
      const where = `${archive}: record ${record.revision} of ${ulidFromBytes(record.key)}`;
      throw new OperationError("DAMAGED", `${where} cannot be imported: ${fault}. Nothing was imported`);
    }
    oldest ??= record.revision;
  }
  checking.end();
  assertAgree(fold, documents, archive);
  return { documents, oldest };
}

async function sizeOf(path: string): Promise<number> {
  const { size } = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT") throw cause;
    throw new OperationError("NOT_FOUND", `there is no archive ${path}`, { cause });
  });
  return size;
}

function foldInto(fold: DocumentFold, record: RecordInput): string | undefined {
  try {
    fold.add(record);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What the archive says of its documents must be what their records say. */
function assertAgree(fold: DocumentFold, documents: readonly ArchiveDocument[], archive: string): void {
  const told = new Map(documents.map((document) => [document.id, document]));
  for (const document of fold.entries()) {
    const { epoch } = told.get(document.id) ?? document;
    // Of the epoch the records of the document alone do not tell.
    const isTold = JSON.stringify({ ...document, epoch }) === JSON.stringify(told.get(document.id));
    if (!isTold || !told.delete(document.id)) {
      throw new OperationError(
        "DAMAGED",
        `${archive} says something else of document ${document.id} than its records do`,
      );
    }
  }
  const [empty] = told.keys();
  if (empty !== undefined)
    throw new OperationError("DAMAGED", `${archive} has no records of document ${empty}`);
}

/** By ID, also by those that copies would get. */
function wantedOf(documents: readonly ArchiveDocument[]): ReadonlyMap<string, Wanted> {
  return new Map(
    documents.flatMap((document) => {
      const id = ulidOf(document.id);
      return [[id, document] as const, [copyId(id), document] as const];
    }),
  );
}

/** @throws {OperationError} IN_THE_WAY: a document is there already, and is another */
function makePlan(
  documents: readonly ArchiveDocument[],
  { found }: LogSurvey,
  { rename }: ImportArchiveOptions,
): Plan {
  const targets = new Map<string, Ulid>();
  const inTheWay: ArchiveDocument[] = [];
  let present = 0;
  for (const document of documents) {
    const id = ulidOf(document.id);
    const target = found.get(id) === "other" && rename ? copyId(id) : id;
    const state = found.get(target);
    if (state === undefined) targets.set(id, target);
    else if (state === "same") present += 1;
    else inTheWay.push(document);
  }
  if (inTheWay.length > 0) throw new OperationError("IN_THE_WAY", explainInTheWay(inTheWay, rename));
  return { targets, present };
}

const namedMax = 3;

function explainInTheWay(documents: readonly ArchiveDocument[], rename: boolean): string {
  const names = documents.slice(0, namedMax).map(({ id, title }) => `${id} "${title ?? ""}"`);
  const more = documents.length > namedMax ? " …" : "";
  const hint = rename
    ? "Their copies are there, too, and have been changed since: delete nothing, import into a new data directory"
    : "--rename imports them as copies";
  return `${plural(documents.length, "document")} of the archive are here already, and have been edited on one of the two sides since: ${names.join(", ")}${more}. Nothing was imported. ${hint}`;
}

/**
 * Behind a horizon a log tells everything; what is older is told by snapshots. Older records before it would be taken for the
 * beginning of all.
 */
function assertBehindHorizon({ oldest }: Checked, { horizon }: LogSurvey, { targets }: Plan): void {
  if (targets.size === 0 || oldest === undefined || oldest > horizon) return;
  const begin = formatTime(timeOf(horizon));
  throw new OperationError(
    "IN_THE_WAY",
    `this instance has dropped its history of before ${begin} (SCRIPTORIUM_HISTORY_DAYS), and the archive has older edits. Import it into a new data directory`,
  );
}

function additionOf({ id, epoch }: ArchiveDocument, { targets }: Plan): Addition {
  const target = targets.get(id) ?? ulidOf(id);
  return { id: target, from: "archive", epoch: target === id ? epoch : target };
}

async function* records({ targets }: Plan, options: ImportArchiveOptions): AsyncGenerator<RecordInput> {
  const keys = new Map([...targets].map(([id, target]) => [id, ulidToBytes(target)]));
  for await (const { record } of readArchive(options.archive, { signal: options.signal })) {
    if (record === undefined) continue;
    const key = keys.get(ulidFromBytes(record.key));
    if (key !== undefined) yield { ...record, key };
  }
}

function recordsOf({ text, catalogue, other }: ArchiveDocument): number {
  return text.records + catalogue.records + other.records;
}

function ulidOf(text: string): Ulid {
  const id = parseUlid(text);
  if (id === undefined) throw new Error(`${text} is no ULID`);
  return id;
}
