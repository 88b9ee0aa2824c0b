import { parseUlid } from "@scriptorium/ids";
import { z } from "zod";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

const created = z.object({ title: z.string(), language: z.string().optional() });
const renamed = z.object({ title: z.string() });
const restoredTo = z.object({
  epoch: z.string().refine((text) => parseUlid(text) !== undefined, "not a ULID"),
  at: z.iso.datetime(),
});

export type CreatedRecord = z.infer<typeof created>;
export type RenamedRecord = z.infer<typeof renamed>;
export type RestoredToRecord = z.infer<typeof restoredTo>;

/** Payload of a catalogue record: JSON in UTF-8. */
export function encodeCatalogueRecord(record: CreatedRecord | RenamedRecord | RestoredToRecord): Uint8Array {
  return encoder.encode(JSON.stringify(record));
}

export function decodeCreatedRecord(payload: Uint8Array): CreatedRecord {
  return created.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeRenamedRecord(payload: Uint8Array): RenamedRecord {
  return renamed.parse(JSON.parse(decoder.decode(payload)));
}

export function decodeRestoredToRecord(payload: Uint8Array): RestoredToRecord {
  return restoredTo.parse(JSON.parse(decoder.decode(payload)));
}
