import type { DeviceStore } from "../ui/device-store";
import { Observable } from "../ui/observable";
import { DocumentSession } from "./document-session";
import { setAsideStore } from "./later-set-aside-store";
import { Replica } from "./replica";
import { SetAsideCopies } from "./set-aside-copies";

/**
 * Somebody's visit to a document, from opening its page to leaving it: one session, and another that takes its place
 * when the document was restored to an earlier moment and the copy on this device was set aside.
 */
export class DocumentVisit {
  readonly session: Observable<DocumentSession>;
  readonly #documentId: string;
  readonly #store: DeviceStore;
  readonly #setAside: SetAsideCopies;
  #replica: Replica;

  constructor(documentId: string, store: DeviceStore) {
    this.#documentId = documentId;
    this.#store = store;
    this.#setAside = new SetAsideCopies(documentId, setAsideStore());
    this.#replica = takeMoved(documentId) ?? new Replica();
    this.session = new Observable(this.#open());
  }

  destroy(): void {
    this.session.get().destroy();
    if (moved?.replica !== this.#replica) this.#replica.destroy();
  }

  #open(): DocumentSession {
    return new DocumentSession({
      documentId: this.#documentId,
      replica: this.#replica,
      store: this.#store,
      setAside: this.#setAside,
      onSetAside: () => {
        this.session.get().destroy();
        this.#replica.destroy();
        this.#replica = new Replica();
        this.session.set(this.#open());
      },
    });
  }
}

let moved: { readonly documentId: string; readonly replica: Replica } | undefined;

/** The document of this replica has another id from now on, under which the next visit goes on with it. */
export function moveReplica(replica: Replica, documentId: string): void {
  moved = { documentId, replica };
}

function takeMoved(documentId: string): Replica | undefined {
  const replica = moved?.documentId === documentId ? moved.replica : undefined;
  if (replica !== undefined) moved = undefined;
  return replica;
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
