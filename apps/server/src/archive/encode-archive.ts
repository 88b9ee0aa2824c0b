import { createHash } from "node:crypto";
import type { RecordInput } from "@scriptorium/log";
import { decodeRestoredToRecord } from "../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream } from "../storage/stream";
import { archiveFormat, archiveVersion, encodeEntry } from "./archive-format";
import { DocumentFold } from "./document-fold";

export interface ArchiveSource {
  /** In the order of the log. */
  readonly records: AsyncIterable<Readonly<RecordInput>>;
  /** Of this product. */
  readonly product: string;
  readonly createdAt: Date;
}

export interface ArchiveTotals {
  readonly documents: number;
  readonly records: number;
}

/** Lines are handed on in pieces of about this size. */
const pieceLength = 64 * 1024;

/**
 * The lines of an archive, in pieces. Returns what it held.
 *
 * Records that concern the instance and no document are no part of it: what they mean for a document, its epoch, is told
 * with the document.
 */
export async function* encodeArchive(
  source: ArchiveSource,
): AsyncGenerator<Buffer, ArchiveTotals, undefined> {
  const sha256 = createHash("sha256");
  const fold = new DocumentFold();
  let piece = encodeEntry({
    type: "archive",
    format: archiveFormat,
    version: archiveVersion,
    product: source.product,
    createdAt: source.createdAt.toISOString(),
  });
  const take = () => {
    const bytes = Buffer.from(piece);
    piece = "";
    sha256.update(bytes);
    return bytes;
  };
  for await (const record of source.records) {
    if (Buffer.compare(record.key, instanceKey) === 0) {
      if (record.stream === Stream.catalogue && record.kind === CatalogueKind.restoredTo) {
        fold.beginEpoch(decodeRestoredToRecord(record.payload).epoch);
      }
      continue;
    }
    fold.add(record);
    piece += encodeEntry({ type: "record", record });
    if (piece.length >= pieceLength) yield take();
  }
  for (const document of fold.entries()) {
    piece += encodeEntry(document);
    if (piece.length >= pieceLength) yield take();
  }
  yield take();
  const { documents, records } = fold;
  yield Buffer.from(encodeEntry({ type: "end", documents, records, sha256: sha256.digest("hex") }));
  return { documents, records };
}
