import { snowflakeParts, ulidFromBytes } from "@scriptorium/ids";
import type { RecordInput } from "@scriptorium/log";
import {
  decodeCreatedRecord,
  decodeImportedRecord,
  decodeRenamedRecord,
  decodeTaggedRecord,
} from "../storage/catalogue-record";
import { CatalogueKind, Stream } from "../storage/stream";
import type { ArchiveDocument } from "./archive-format";
import { StreamDigest } from "./stream-digest";

interface Folded {
  title: string | null;
  language: string | null;
  tags: readonly string[];
  createdMs: number | undefined;
  updatedMs: number | undefined;
  deletedMs: number | undefined;
  epoch: string;
  readonly text: StreamDigest;
  readonly catalogue: StreamDigest;
  readonly other: StreamDigest;
}

/** What the records of documents come to, one after the other as they are read. Memory grows with the documents, not with the records. */
export class DocumentFold {
  readonly #documents = new Map<string, Folded>();
  #records = 0;

  get documents(): number {
    return this.#documents.size;
  }

  get records(): number {
    return this.#records;
  }

  add(record: RecordInput): void {
    const folded = this.#of(ulidFromBytes(record.key));
    this.#records += 1;
    switch (record.stream) {
      case Stream.text:
        folded.text.add(record);
        folded.updatedMs = snowflakeParts(record.revision).timeMs;
        return;
      case Stream.catalogue:
        folded.catalogue.add(record);
        applyCatalogue(folded, record);
        return;
      default:
        folded.other.add(record);
    }
  }

  /** Gives all documents there are a new epoch. */
  beginEpoch(epoch: string): void {
    for (const folded of this.#documents.values()) folded.epoch = epoch;
  }

  *entries(): Generator<ArchiveDocument, void, undefined> {
    for (const [id, folded] of this.#documents) {
      yield {
        type: "document",
        id,
        title: folded.title,
        language: folded.language,
        tags: [...folded.tags],
        createdAt: toIso(folded.createdMs),
        updatedAt: toIso(folded.updatedMs),
        deletedAt: toIso(folded.deletedMs),
        epoch: folded.epoch,
        text: folded.text.totals,
        catalogue: folded.catalogue.totals,
        other: folded.other.totals,
      };
    }
  }

  #of(id: string): Folded {
    const known = this.#documents.get(id);
    if (known !== undefined) return known;
    const folded: Folded = {
      title: null,
      language: null,
      tags: [],
      createdMs: undefined,
      updatedMs: undefined,
      deletedMs: undefined,
      epoch: id,
      text: new StreamDigest(),
      catalogue: new StreamDigest(),
      other: new StreamDigest(),
    };
    this.#documents.set(id, folded);
    return folded;
  }
}

function applyCatalogue(folded: Folded, { kind, payload, revision }: RecordInput): void {
  const { timeMs } = snowflakeParts(revision);
  switch (kind) {
    case CatalogueKind.created: {
      const { title, language, tags = [] } = decodeCreatedRecord(payload);
      Object.assign(folded, { title, language: language ?? null, tags, createdMs: timeMs });
      folded.updatedMs ??= timeMs;
      return;
    }
    case CatalogueKind.renamed:
      folded.title = decodeRenamedRecord(payload).title;
      folded.updatedMs = timeMs;
      return;
    case CatalogueKind.tagged:
      folded.tags = decodeTaggedRecord(payload).tags;
      return;
    case CatalogueKind.deleted:
      folded.deletedMs = timeMs;
      return;
    case CatalogueKind.restored:
      folded.deletedMs = undefined;
      return;
    case CatalogueKind.imported:
      folded.epoch = decodeImportedRecord(payload).epoch;
      return;
  }
}

function toIso(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}
