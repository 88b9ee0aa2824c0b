import { isDraft } from "../documents/drafts";
import { listOnlyHere } from "../documents/only-here";
import type { DeviceStore } from "../ui/device-store";
import { adoptDraft } from "./adopt-draft";
import { DocumentSession } from "./document-session";
import { setAsideStore } from "./later-set-aside-store";
import { Replica } from "./replica";
import { SetAsideCopies } from "./set-aside-copies";

/**
 * Hands over what is only on this device, one document after the other, and has the server make those that were begun
 * here: for as long as it takes, or until `signal`.
 *
 * @param except one that is open, which hands over its edits by itself
 * @throws {WebError} The server made no document of one that was begun here
 */
export async function handOver(store: DeviceStore, signal: AbortSignal, except?: string): Promise<void> {
  for (const { id } of listOnlyHere(store)) {
    if (signal.aborted) return;
    if (id === except) continue;
    const documentId = isDraft(store, id) ? await adoptDraft(store, id) : id;
    if (documentId !== undefined && !signal.aborted) await visit(store, documentId, signal);
  }
}

/** Resolves once everything that is on this device is on the server's disk. */
function visit(store: DeviceStore, documentId: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const replica = new Replica();
    const leave = () => {
      signal.removeEventListener("abort", leave);
      session.destroy();
      replica.destroy();
      resolve();
    };
    const session = new DocumentSession({
      documentId,
      replica,
      store,
      setAside: new SetAsideCopies(documentId, setAsideStore()),
      onSetAside: leave,
    });
    session.provider.onStatusChange(() => {
      const { state } = session.provider.status;
      if (state === "saved" || state === "closed") leave();
    });
    signal.addEventListener("abort", leave);
  });
}
