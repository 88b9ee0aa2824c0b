import { listDrafts } from "../documents/drafts";
import type { DeviceStore } from "../ui/device-store";
import { adoptDraft } from "./adopt-draft";
import { DocumentSession } from "./document-session";
import { SetAsideCopies, setAsideStore } from "./set-aside-copies";

/** Has the server make documents of all drafts, and hands their texts over: for as long as it takes, or until `signal`. */
export async function handOverDrafts(store: DeviceStore, signal: AbortSignal): Promise<void> {
  for (const draft of listDrafts(store)) {
    const documentId = await adoptDraft(store, draft);
    if (signal.aborted) return;
    if (documentId !== undefined) await visit(store, documentId, signal);
  }
}

/** Resolves once everything that is on this device is on the server's disk. */
function visit(store: DeviceStore, documentId: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const leave = () => {
      session.destroy();
      resolve();
    };
    const session = new DocumentSession({
      documentId,
      store,
      setAside: new SetAsideCopies(documentId, setAsideStore()),
      onSetAside: leave,
    });
    session.provider.onStatusChange(() => {
      const { state } = session.provider.status;
      if (state === "saved" || state === "closed") leave();
    });
    signal.addEventListener("abort", leave, { once: true });
  });
}
