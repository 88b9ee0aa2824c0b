import { UlidGenerator } from "@scriptorium/ids/ulid";
import { canStoreLocally } from "../collaboration/can-store-locally";
import type { DeviceStore } from "../ui/device-store";
import { beginDraft } from "./drafts";

/** Begins a document on this device. Undefined where the browser keeps nothing: it would be gone with the page. */
export async function createDraft(store: DeviceStore): Promise<string | undefined> {
  if (!(await canStoreLocally())) return undefined;
  const id = new UlidGenerator().next();
  beginDraft(store, id, Date.now());
  return id;
}
