import * as z from "zod/mini";
import type { DeviceStore } from "../ui/device-store";

const knownSchema = z.object({ title: z.string(), openedAtMs: z.number() });

/** A document that was opened on this device, and so can be opened without the server. */
export interface KnownDocument {
  readonly id: string;
  readonly title: string;
  readonly openedAtMs: number;
}

const prefix = "document.";

/** Remembers the title of a document that this device holds. */
export function rememberDocument(store: DeviceStore, document: KnownDocument): void {
  const { title, openedAtMs } = document;
  store.set(`${prefix}${document.id}`, JSON.stringify({ title, openedAtMs }));
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
