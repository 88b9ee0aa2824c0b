import { parseSnowflake, parseUlid } from "@scriptorium/ids";
import { z } from "zod";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

const ulid = z.string().refine((text) => parseUlid(text) !== undefined, "not a ULID");
const tags = z.array(z.string());
const created = z.object({ title: z.string(), language: z.string().optional(), tags: tags.optional() });
const renamed = z.object({ title: z.string() });
const tagged = z.object({ tags });
const restoredTo = z.object({
  epoch: ulid,
  at: z.iso.datetime(),
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
});

export type CreatedRecord = z.infer<typeof created>;
export type RenamedRecord = z.infer<typeof renamed>;
export type TaggedRecord = z.infer<typeof tagged>;
export type RestoredToRecord = z.infer<typeof restoredTo>;
export type SnapshotRecord = z.infer<typeof snapshot>;

/** Payload of a catalogue record: JSON in UTF-8. */
export function encodeCatalogueRecord(
  record: CreatedRecord | RenamedRecord | TaggedRecord | RestoredToRecord,
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

export function decodeRestoredToRecord(payload: Uint8Array): RestoredToRecord {
  return restoredTo.parse(JSON.parse(decoder.decode(payload)));
}
