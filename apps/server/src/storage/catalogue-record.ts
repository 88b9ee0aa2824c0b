import { parseSnowflake, parseUlid } from "@scriptorium/ids";
import { z } from "zod";
import { statisticsSnapshot } from "./statistics-snapshot";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

const ulid = z.string().refine((text) => parseUlid(text) !== undefined, "not a ULID");
const tags = z.array(z.string());
const created = z.object({ title: z.string(), language: z.string().optional(), tags: tags.optional() });
const renamed = z.object({ title: z.string() });
const tagged = z.object({ tags });
const author = z.object({
  actor: ulid,
  name: z.string(),
  /** What the client calls the person, the same on all connections; absent if it does not. */
  person: z.string().optional(),
});
const count = z.int().min(0);
const usage = z.object({ views: count, exports: count, connectionsPeak: count });
const restoredTo = z.object({
  epoch: ulid,
  at: z.iso.datetime(),
});
const imported = z.object({
  /** What the document was made of: `archive`, `file`, `etherpad`, or a `snapshot` that stood for dropped records. */
  from: z.string(),
  epoch: ulid,
});

const snapshot = z.object({
  /** All records up to this revision are contained. A decimal string in JSON. */
  asOf: z.string().transform((text, { addIssue }) => {
    const revision = parseSnowflake(text);
    if (revision === undefined) addIssue("not a revision");
    return revision ?? 0n;
  }),
  /** Null if the record that gives it a title is later. */
  title: z.string().nullable(),
  language: z.string().nullable(),
  createdMs: z.int(),
  updatedMs: z.int(),
  deletedMs: z.int().nullable(),
  epoch: ulid,
  edits: z.int(),
  /** Absent in what releases without tags have written. */
  tags: tags.default([]),
  /** Absent in what releases without them have written. */
  statistics: statisticsSnapshot.optional(),
});

export type CreatedRecord = z.infer<typeof created>;
export type RenamedRecord = z.infer<typeof renamed>;
export type TaggedRecord = z.infer<typeof tagged>;
export type AuthorRecord = z.infer<typeof author>;
export type UsageRecord = z.infer<typeof usage>;
export type RestoredToRecord = z.infer<typeof restoredTo>;
export type ImportedRecord = z.infer<typeof imported>;
export type SnapshotRecord = z.infer<typeof snapshot>;

/** Payload of a catalogue record: JSON in UTF-8. */
export function encodeCatalogueRecord(
  record:
    | CreatedRecord
    | RenamedRecord
    | TaggedRecord
    | AuthorRecord
    | UsageRecord
    | RestoredToRecord
    | ImportedRecord,
): Uint8Array {
  return encoder.encode(JSON.stringify(record));
}

export function encodeSnapshotRecord({ asOf, ...document }: SnapshotRecord): Uint8Array {
  return encoder.encode(JSON.stringify({ asOf: String(asOf), ...document }));
}

export function decodeSnapshotRecord(payload: Uint8Array): SnapshotRecord {
  return snapshot.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeCreatedRecord(payload: Uint8Array): CreatedRecord {
  return created.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeRenamedRecord(payload: Uint8Array): RenamedRecord {
  return renamed.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeTaggedRecord(payload: Uint8Array): TaggedRecord {
  return tagged.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeAuthorRecord(payload: Uint8Array): AuthorRecord {
  return author.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeUsageRecord(payload: Uint8Array): UsageRecord {
  return usage.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeRestoredToRecord(payload: Uint8Array): RestoredToRecord {
  return restoredTo.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeImportedRecord(payload: Uint8Array): ImportedRecord {
  return imported.parse(JSON.parse(decoder.decode(payload)));
}
