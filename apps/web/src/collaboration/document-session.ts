import { CloseCode } from "@scriptorium/protocol";
import { ScriptoriumProvider } from "@scriptorium/provider";
import type * as Y from "yjs";
import { underBase } from "../base-path";
import { begunAs, isDraft } from "../documents/drafts";
import { findKnownDocument } from "../documents/known-documents";
import { afterPaintOrMoment } from "../ui/after-paint";
import { behindInput } from "../ui/behind-input";
import type { DeviceStore } from "../ui/device-store";
import { Observable } from "../ui/observable";
import { canStoreLocally } from "./can-store-locally";
import { copyName, startNewCopy } from "./copy-name";
import { hashText } from "./hash-text";
import { LocalCopy } from "./local-copy";
import type { Replica } from "./replica";
import type { SetAsideCopies, SetAsideCopy } from "./set-aside-copies";
import { UnsavedEditsMemory } from "./unsaved-edits";

/** Others who type are drawn twenty times a second at most: with ten of them it is the page that has to keep up. */
const gatherMs = 50;

export interface SessionState {
  /** Whether there is a text to show: from this device, or completely from the server. */
  readonly ready: boolean;
  /** Whether edits survive a closed tab. Undefined until it is known. */
  readonly keepsCopy: boolean | undefined;
}

interface SessionOptions {
  readonly documentId: string;
  /** The caller's to destroy, after the session. */
  readonly replica: Replica;
  readonly store: DeviceStore;
  /** Where the text goes if the document turns out to have been restored to an earlier moment. */
  readonly setAside: SetAsideCopies;
  /** Called once the text has gone there: this visit is over, and another one can start afresh. */
  readonly onSetAside: () => void;
}

/**
 * One visit to one document: its copy on this device and its connection, which keep the replica and each other up to date.
 *
 * The local copy is loaded before the first connection, so that what was written offline is handed over by the first
 * handshake; and the number of unsaved edits is noted as soon as they are painted, so that a reload does not forget it.
 */
export class DocumentSession {
  readonly documentId: string;
  readonly replica: Replica;
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly provider: ScriptoriumProvider;
  /** How many edits wait in other tabs of the same document, as they have noted it. */
  readonly editsElsewhere = new Observable(0);
  /** Whether the server does not know the document yet: the visit is one without a connection. */
  readonly isDraft: boolean;
  readonly setAside: SetAsideCopies;
  /** Resolves when what this device has of the document is in the replica, or when it has nothing. */
  readonly whenCopyLoaded: Promise<void>;
  readonly #onSetAside: () => void;
  readonly #store: DeviceStore;
  /** The name of the copy on this device. */
  readonly #copyName: string;
  readonly #unsaved: UnsavedEditsMemory;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = { ready: false, keepsCopy: undefined };
  #copy: LocalCopy | undefined;
  #callOffNote: (() => void) | undefined;
  #wasSynced = false;
  #isStale = false;
  #destroyed = false;

  constructor({ documentId, replica, store, setAside, onSetAside }: SessionOptions) {
    this.documentId = documentId;
    this.replica = replica;
    this.doc = replica.doc;
    this.text = replica.text;
    this.isDraft = isDraft(store, documentId);
    this.setAside = setAside;
    this.#onSetAside = onSetAside;
    this.#store = store;
    this.#copyName = copyName(store, documentId);
    this.#unsaved = new UnsavedEditsMemory(store, begunAs(store, documentId), String(this.doc.clientID));
    this.provider = new ScriptoriumProvider({
      serverUrl: webSocketUrl(window.location),
      documentId,
      doc: this.doc,
      unsavedEdits: this.#unsaved.takeOver(),
      connect: false,
      gatherMs,
      whenItSuits: behindInput,
    });
    this.provider.onStatusChange(this.#onStatusChange);
    window.addEventListener("beforeunload", this.#onBeforeUnload);
    window.addEventListener("pagehide", this.#noteUnsaved);
    // The browser tells of what other tabs store, and only of that.
    window.addEventListener("storage", this.#onStorage);
    window.addEventListener("offline", this.#onOffline);
    window.addEventListener("online", this.#onOnline);
    this.whenCopyLoaded = this.#start();
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
    this.#noteUnsaved();
    window.removeEventListener("beforeunload", this.#onBeforeUnload);
    window.removeEventListener("pagehide", this.#noteUnsaved);
    window.removeEventListener("storage", this.#onStorage);
    window.removeEventListener("offline", this.#onOffline);
    window.removeEventListener("online", this.#onOnline);
    this.#listeners.clear();
    this.#copy?.close();
    this.provider.destroy();
  }

  async #start(): Promise<void> {
    const keepsCopy = (await canStoreLocally()) && (await this.#loadCopy());
    if (this.#destroyed) return;
    if (this.isDraft) {
      // There is nothing to connect to, and nothing to wait for.
      this.provider.disconnect();
      this.#change({ keepsCopy, ready: true });
      return;
    }
    this.#change({ keepsCopy });
    this.provider.connect();
  }

  /** Resolves with whether there is one that keeps up with the document from now on. */
  async #loadCopy(): Promise<boolean> {
    const onGone = () => this.#change({ keepsCopy: false });
    const copy = await LocalCopy.open(this.#copyName, this.doc, onGone).catch(() => undefined);
    if (copy === undefined) return false;
    if (this.#destroyed) {
      copy.close();
      return false;
    }
    this.#copy = copy;
    if (copy.resumePoint !== undefined) this.provider.resumeFrom(copy.resumePoint);
    this.provider.onResumePointChange(this.#onResumePointChange);
    if (copy.wasComplete || this.doc.store.clients.size > 0) this.#change({ ready: true });
    return true;
  }

  readonly #onStatusChange = () => {
    if (this.#isStale) return;
    // An edit that is confirmed before it is painted need not be noted.
    this.#callOffNote ??= afterPaintOrMoment(this.#noteUnsaved);
    if (this.provider.synced && !this.#state.ready) this.#change({ ready: true });
    if (this.provider.synced) this.#copy?.markComplete();
    if (this.provider.synced && !this.#wasSynced) {
      this.#fetchOthersEdits();
      afterPaintOrMoment(() => void this.setAside.compareWith(this.text.toString()));
    }
    this.#wasSynced = this.provider.synced;
    const { status } = this.provider;
    if (status.state === "closed" && status.code === CloseCode.staleEpoch) {
      this.#isStale = true;
      void this.#setTextAside();
    }
  };

  readonly #noteUnsaved = () => {
    this.#callOffNote?.();
    this.#callOffNote = undefined;
    if (!this.#isStale) this.#unsaved.keep(this.provider.unsavedEdits);
  };

  /**
   * The document was restored to an earlier moment, and what is here may hold what was undone: to hand it over would
   * undo the restore. Each step leaves nothing lost if the page is closed after it: until the new copy is begun, the
   * next visit comes back to this point.
   */
  async #setTextAside(): Promise<void> {
    // Where another tab was first, the copy is deleted: that tab has set aside what was in it.
    await this.#copy?.fetchOthersEdits().catch(() => undefined);
    let older: SetAsideCopy | undefined;
    let text: string;
    do {
      text = this.text.toString();
      if (text !== "") {
        const copy = this.#describe(text);
        await this.setAside.add(copy);
        if (older !== undefined && older.id !== copy.id) await this.setAside.remove(older.id);
        older = copy;
      }
      // The person may have typed on meanwhile.
    } while (text !== this.text.toString());
    if (this.#destroyed) return;
    startNewCopy(this.#store, this.documentId, this.#copyName, Date.now().toString(36));
    this.#unsaved.forgetAll();
    this.#onSetAside();
    // Other tabs let go of it, and set aside what they have when they hear of the restore.
    if (this.#copy !== undefined) indexedDB.deleteDatabase(this.#copyName);
  }

  #describe(text: string): SetAsideCopy {
    return {
      // Tabs that have the same text make one offer; another text never takes the place of this one.
      id: `${this.#copyName}.${hashText(text).toString(36)}`,
      documentId: this.documentId,
      title: findKnownDocument(this.#store, this.documentId)?.title ?? "",
      text,
      setAsideAtMs: Date.now(),
      offered: false,
    };
  }

  readonly #onResumePointChange = () => {
    if (this.provider.resumePoint !== undefined) this.#copy?.keepResumePoint(this.provider.resumePoint);
  };

  /** What a tab wrote without a connection and was closed with is in the copy on this device, but not in this replica. */
  #fetchOthersEdits(): void {
    if (this.#unsaved.othersWait()) void this.#copy?.fetchOthersEdits();
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

  /** Not before the local copy is loaded, and not after a final close; a draft never. */
  #wantsConnection(): boolean {
    return !this.isDraft && this.#state.keepsCopy !== undefined && this.provider.status.state !== "closed";
  }

  readonly #onStorage = () => this.editsElsewhere.set(this.#unsaved.elsewhere());

  readonly #onBeforeUnload = (event: BeforeUnloadEvent) => {
    const losesEdits = this.#state.keepsCopy === false && this.provider.unsavedEdits > 0;
    if (losesEdits || this.setAside.wouldBeLost) event.preventDefault();
  };

  #change(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function webSocketUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}${underBase("/ws")}`;
}
