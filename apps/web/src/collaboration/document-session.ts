import { ScriptoriumProvider } from "@scriptorium/provider";
import { fetchUpdates, IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import type { DeviceStore } from "../ui/device-store";
import { canStoreLocally } from "./can-store-locally";
import { UnsavedEditsMemory } from "./unsaved-edits";

/** Set in the local copy once it has been complete. */
const completeKey = "complete";

export interface SessionState {
  /** Whether there is a text to show: from this device, or completely from the server. */
  readonly ready: boolean;
  /** Whether edits survive a closed tab. Undefined until it is known. */
  readonly keepsCopy: boolean | undefined;
}

/**
 * One visit to one document: the replica, its copy on this device, and the connection.
 *
 * The local copy is loaded before the first connection, so that what was written offline is handed over by the first
 * handshake; and the number of unsaved edits is noted at once on every change, so that a reload does not forget it.
 */
export class DocumentSession {
  readonly documentId: string;
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText("content");
  readonly provider: ScriptoriumProvider;
  readonly #unsaved: UnsavedEditsMemory;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = { ready: false, keepsCopy: undefined };
  #persistence: IndexeddbPersistence | undefined;
  #markedComplete = false;
  #wasSynced = false;
  #destroyed = false;

  constructor(documentId: string, store: DeviceStore) {
    this.documentId = documentId;
    this.#unsaved = new UnsavedEditsMemory(store, documentId, String(this.doc.clientID));
    this.provider = new ScriptoriumProvider({
      serverUrl: webSocketUrl(window.location),
      documentId,
      doc: this.doc,
      unsavedEdits: this.#unsaved.takeOver(),
      connect: false,
    });
    this.provider.onStatusChange(this.#onStatusChange);
    window.addEventListener("beforeunload", this.#onBeforeUnload);
    window.addEventListener("offline", this.#onOffline);
    window.addEventListener("online", this.#onOnline);
    void this.#start();
  }

  /** The same object until something changes. */
  readonly state = (): SessionState => this.#state;

  readonly onStateChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Ends the visit. The copy on the device stays. */
  destroy(): void {
    this.#destroyed = true;
    window.removeEventListener("beforeunload", this.#onBeforeUnload);
    window.removeEventListener("offline", this.#onOffline);
    window.removeEventListener("online", this.#onOnline);
    this.#listeners.clear();
    this.provider.destroy();
    this.doc.destroy();
  }

  async #start(): Promise<void> {
    const keepsCopy = await canStoreLocally();
    if (this.#destroyed) return;
    if (keepsCopy) await this.#loadCopy();
    if (this.#destroyed) return;
    this.#change({ keepsCopy });
    this.provider.connect();
  }

  async #loadCopy(): Promise<void> {
    const persistence = new IndexeddbPersistence(`scriptorium.${this.documentId}`, this.doc);
    this.#persistence = persistence;
    await persistence.whenSynced;
    if (this.#destroyed) return;
    const complete = (await persistence.get(completeKey)) !== undefined;
    if (complete || this.doc.store.clients.size > 0) this.#change({ ready: true });
  }

  readonly #onStatusChange = () => {
    this.#unsaved.keep(this.provider.unsavedEdits);
    if (this.provider.synced && !this.#state.ready) this.#change({ ready: true });
    if (this.provider.synced) this.#markComplete();
    if (this.provider.synced && !this.#wasSynced) this.#fetchOthersEdits();
    this.#wasSynced = this.provider.synced;
  };

  #markComplete(): void {
    if (this.#markedComplete || this.#persistence === undefined) return;
    this.#markedComplete = true;
    void this.#persistence.set(completeKey, 1);
  }

  /** What a tab wrote without a connection and was closed with is in the copy on this device, but not in this replica. */
  #fetchOthersEdits(): void {
    if (this.#persistence !== undefined && this.#unsaved.othersWait()) void fetchUpdates(this.#persistence);
  }

  // A socket notices a lost network only after half a minute, a new one at once; and a server on this very machine,
  // which needs no network, is back in a moment.
  readonly #onOffline = () => {
    if (!this.#wantsConnection()) return;
    this.provider.disconnect();
    this.provider.connect();
  };

  // The browser knows of a regained network before the next attempt is due.
  readonly #onOnline = () => {
    if (this.#wantsConnection() && this.provider.status.state === "offline") this.provider.connect();
  };

  /** Not before the local copy is loaded, and not after a final close. */
  #wantsConnection(): boolean {
    return this.#state.keepsCopy !== undefined && this.provider.status.state !== "closed";
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent) => {
    if (this.#state.keepsCopy === false && this.provider.unsavedEdits > 0) event.preventDefault();
  };

  #change(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function webSocketUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws`;
}
