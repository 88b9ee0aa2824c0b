import type { DeviceStore } from "../ui/device-store";
import { Observable } from "../ui/observable";
import { DocumentSession } from "./document-session";
import { SetAsideCopies, setAsideStore } from "./set-aside-copies";

/**
 * Somebody's visit to a document, from opening its page to leaving it: one session, and another that takes its place
 * when the document was restored to an earlier moment and the copy on this device was set aside.
 */
export class DocumentVisit {
  readonly session: Observable<DocumentSession>;
  readonly #documentId: string;
  readonly #store: DeviceStore;
  readonly #setAside: SetAsideCopies;

  constructor(documentId: string, store: DeviceStore) {
    this.#documentId = documentId;
    this.#store = store;
    this.#setAside = new SetAsideCopies(documentId, setAsideStore());
    this.session = new Observable(this.#open());
  }

  destroy(): void {
    this.session.get().destroy();
  }

  #open(): DocumentSession {
    return new DocumentSession({
      documentId: this.#documentId,
      store: this.#store,
      setAside: this.#setAside,
      onSetAside: () => {
        this.session.get().destroy();
        this.session.set(this.#open());
      },
    });
  }
}

let prepared: { readonly documentId: string; readonly visit: DocumentVisit } | undefined;

/**
 * Begins a visit before there is anything to show it in: what this device has of the document is read while the rest of
 * the page gets ready. Resolves when that is done, or when there is nothing to read.
 */
export async function prepareVisit(documentId: string, store: DeviceStore): Promise<void> {
  prepared = { documentId, visit: new DocumentVisit(documentId, store) };
  await prepared.visit.session.get().whenCopyLoaded;
}

/** The visit to this document that was prepared and that nobody has begun. */
export function preparedVisit(documentId: string): DocumentVisit | undefined {
  return prepared?.documentId === documentId ? prepared.visit : undefined;
}

/** Begins a visit: the one that was prepared, if there is one. It is the caller's to destroy. */
export function beginVisit(documentId: string, store: DeviceStore): DocumentVisit {
  const visit = preparedVisit(documentId);
  if (visit === undefined) return new DocumentVisit(documentId, store);
  prepared = undefined;
  return visit;
}
