import type { DeviceStore } from "../ui/device-store";
import { adoptDraft } from "./adopt-draft";
import type { DocumentSession } from "./document-session";

/** How often the server is asked. */
const everyMs = 5000;
/** Nobody is interrupted: a pause in typing must have been so long. */
const pauseMs = 1000;

/**
 * Has the server make a document of the draft that is open, as soon as it can be reached, and then waits for a pause in
 * typing. What is typed until the other document is opened is in the copy on this device, which is that one's by then.
 */
export class DraftMover {
  readonly #session: DocumentSession;
  readonly #store: DeviceStore;
  readonly #onMoved: (documentId: string) => void;
  #lastEditMs = Number.NEGATIVE_INFINITY;
  #isTrying = false;
  #serverId: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(session: DocumentSession, store: DeviceStore, onMoved: (documentId: string) => void) {
    this.#session = session;
    this.#store = store;
    this.#onMoved = onMoved;
    session.doc.on("update", this.#onUpdate);
    window.addEventListener("online", this.#try);
    void this.#try();
  }

  destroy(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#session.doc.off("update", this.#onUpdate);
    window.removeEventListener("online", this.#try);
  }

  readonly #onUpdate = () => {
    this.#lastEditMs = performance.now();
  };

  readonly #try = async () => {
    if (this.#isTrying || this.#serverId !== undefined) return;
    this.#isTrying = true;
    clearTimeout(this.#timer);
    // Whatever the reason why not: the text is on this device, and the next attempt may succeed.
    this.#serverId = await adoptDraft(this.#store, this.#session.documentId).catch(() => undefined);
    this.#isTrying = false;
    if (this.#ended) return;
    if (this.#serverId === undefined) this.#timer = setTimeout(this.#try, everyMs);
    else this.#moveInPause(this.#serverId);
  };

  #moveInPause(serverId: string): void {
    const restMs = this.#lastEditMs + pauseMs - performance.now();
    if (restMs > 0) this.#timer = setTimeout(() => this.#moveInPause(serverId), restMs);
    else this.#onMoved(serverId);
  }
}
