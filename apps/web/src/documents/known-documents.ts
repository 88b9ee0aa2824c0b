import * as z from "zod/mini";
import type { DeviceStore } from "../ui/device-store";

const knownSchema = z.object({
  title: z.string(),
  language: z.optional(z.string()),
  openedAtMs: z.number(),
});

/** A document that was opened on this device, and so can be opened without the server. */
export interface KnownDocument {
  readonly id: string;
  readonly title: string;
  /** What it was created with. */
  readonly language?: string | undefined;
  readonly openedAtMs: number;
}

const prefix = "document.";

/** Remembers what the API tells of a document that this device holds. */
export function rememberDocument(store: DeviceStore, document: KnownDocument): void {
  const { title, language, openedAtMs } = document;
  store.set(`${prefix}${document.id}`, JSON.stringify({ title, language, openedAtMs }));
}

/** The document itself, if it is kept here, stays. */
export function forgetDocument(store: DeviceStore, id: string): void {
  store.remove(`${prefix}${id}`);
}

export function findKnownDocument(store: DeviceStore, id: string): KnownDocument | undefined {
  const stored = store.get(`${prefix}${id}`);
  if (stored === undefined) return undefined;
  const parsed = knownSchema.safeParse(parseJson(stored));
  return parsed.success ? { id, ...parsed.data } : undefined;
}

/** All of them, last opened first. */
export function listKnownDocuments(store: DeviceStore): readonly KnownDocument[] {
  return store
    .keys(prefix)
    .map((key) => findKnownDocument(store, key.slice(prefix.length)))
    .filter((document) => document !== undefined)
    .sort((a, b) => b.openedAtMs - a.openedAtMs);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
