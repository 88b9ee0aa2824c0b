import { createDocument } from "../api/create-document";
import { renameDocument } from "../api/rename-document";
import { isDraft, movedTo, settleDraft } from "../documents/drafts";
import { findKnownDocument } from "../documents/known-documents";
import type { DeviceStore } from "../ui/device-store";

/**
 * Has the server make a document of a draft, without its text: who opens that document hands over what is in the copy on
 * this device. Resolves with its id there; with undefined if there is no such draft. Tabs that try at once make one.
 *
 * @throws {WebError} and then it is a draft still. Should this page be closed between the server's making it and
 *   hearing of that, an empty document of the draft's title stays behind there.
 */
export function adoptDraft(store: DeviceStore, id: string): Promise<string | undefined> {
  return alone(`scriptorium.draft.${id}`, async () => {
    if (!isDraft(store, id)) return movedTo(store, id);
    const titleNow = () => findKnownDocument(store, id)?.title ?? "";
    const title = titleNow();
    const created = await createDocument({ title });
    const renamed = titleNow();
    settleDraft(store, id, created.id);
    if (renamed !== title) await renameDocument(created.id, renamed);
    return created.id;
  });
}

/** Browsers offer locks where they offer service workers: elsewhere no page opens without the server. */
function alone<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
  return "locks" in navigator ? navigator.locks.request(name, act) : act();
}
