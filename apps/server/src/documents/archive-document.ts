import { type DocumentId, ulidToBytes } from "@scriptorium/ids";
import { type ArchiveSource, encodeArchive } from "../archive/encode-archive";
import { mergeRecords } from "../archive/merge-records";
import { wholeRecords } from "../archive/whole-records";
import type { DocumentLog, LogEntry } from "../storage/document-log";
import { instanceKey, Stream } from "../storage/stream";

export interface ArchiveDocumentOptions extends Omit<ArchiveSource, "records"> {
  /** Aborted when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/**
 * The lines of an archive of one document with its history, as far as that is durable now, in pieces.
 *
 * Iterating throws where the log is damaged: an archive that goes on behind damage would be taken for all there is.
 */
export function archiveDocument(
  log: DocumentLog,
  id: DocumentId,
  { signal, ...source }: ArchiveDocumentOptions,
): AsyncIterable<Uint8Array> {
  const key = ulidToBytes(id);
  const read = () =>
    mergeRecords<LogEntry>(
      mergeRecords(
        log.readDocument(key, { stream: Stream.catalogue, after: 0 }),
        log.readDocument(key, { stream: Stream.text, after: 0 }),
      ),
      // What concerns all documents: epochs.
      log.readDocument(instanceKey, { stream: Stream.catalogue, after: 0 }),
    );
  return encodeArchive({ ...source, records: wholeRecords(read, signal) });
}
