import type { ResumePoint } from "@scriptorium/provider";
import * as z from "zod/mini";
import { openDatabase, resultOf } from "./database";

// Named and laid out as y-indexeddb has them.
export const updatesStore = "updates";
export const customStore = "custom";
/** Set once the copy has been complete. */
export const completeKey = "complete";
export const resumePointKey = "resumePoint";

const resumePointSchema = z.object({ epoch: z.string(), revision: z.optional(z.bigint()) });

/** What a copy holds. */
export interface KeptCopy {
  readonly wasComplete: boolean;
  readonly resumePoint: ResumePoint | undefined;
  readonly updates: readonly Uint8Array[];
  /** The key of the last of them. */
  readonly last: IDBValidKey | undefined;
}

/** Opens the database of a copy, which is a new one where there is none. */
export function openCopy(name: string): Promise<IDBDatabase> {
  return openDatabase(name, (created) => {
    created.createObjectStore(updatesStore, { autoIncrement: true });
    created.createObjectStore(customStore);
  });
}

/** Everything, as of one moment: other tabs go on writing. */
export async function readCopy(database: IDBDatabase): Promise<KeptCopy> {
  const reading = database.transaction([updatesStore, customStore], "readonly");
  const custom = reading.objectStore(customStore);
  const [complete, point, updates] = await Promise.all([
    resultOf(custom.get(completeKey)),
    resultOf(custom.get(resumePointKey)),
    readUpdates(reading.objectStore(updatesStore), undefined),
  ]);
  return { ...updates, wasComplete: complete !== undefined, resumePoint: parseResumePoint(point) };
}

/** The updates behind a key, and the key of the last one. */
export async function readUpdates(
  store: IDBObjectStore,
  behind: IDBValidKey | undefined,
): Promise<Pick<KeptCopy, "updates" | "last">> {
  const range = behind === undefined ? null : IDBKeyRange.lowerBound(behind, true);
  const reading: IDBRequest<Uint8Array[]> = store.getAll(range);
  const [updates, cursor] = await Promise.all([
    resultOf(reading),
    resultOf(store.openKeyCursor(range, "prev")),
  ]);
  return { updates, last: cursor?.key };
}

function parseResumePoint(kept: unknown): ResumePoint | undefined {
  const parsed = resumePointSchema.safeParse(kept);
  return parsed.success ? { epoch: parsed.data.epoch, revision: parsed.data.revision } : undefined;
}
