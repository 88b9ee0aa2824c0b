import type { DocumentEvent } from "@scriptorium/protocol";
import type { DocumentSummary } from "../api/document-summary";
import { WebError } from "../api/web-error";
import { findKnownDocument, rememberDocument } from "../documents/known-documents";
import type { DeviceStore } from "../ui/device-store";
import { Observable } from "../ui/observable";

export interface TitleState {
  /** The server's; until it answers, the one that this device remembers. Undefined while neither is known. */
  readonly title: string | undefined;
  /** What the document was created with. */
  readonly language: string | undefined;
  /** The server has answered that there is no such document. */
  readonly unknownToApi: boolean;
  /** Why the last change is not saved. */
  readonly renameError: string | undefined;
}

/** The connection, as far as titles need it. */
interface Connection {
  readonly synced: boolean;
  onEvent(listener: (event: DocumentEvent) => void): () => void;
  onStatusChange(listener: () => void): () => void;
}

export interface DocumentTitleOptions {
  readonly documentId: string;
  /** The server does not know the document yet: its title stays on this device. */
  readonly isDraft: boolean;
  readonly provider: Connection;
  readonly store: DeviceStore;
  readonly getDocument: (id: string, signal: AbortSignal) => Promise<DocumentSummary>;
  readonly renameDocument: (id: string, title: string) => Promise<DocumentSummary>;
}

/** A document's title: read once, kept current by the events of the connection, and changed. */
export class DocumentTitle {
  readonly state: Observable<TitleState>;
  readonly #options: DocumentTitleOptions;
  /** How often the title has been heard of or changed: what was asked for before does not replace it. */
  #version = 0;
  /** The server was away when the title was to be read. */
  #unread = false;
  /** The server was away when the title was to be changed to this. */
  #unsaved: string | undefined;

  constructor(options: DocumentTitleOptions) {
    this.#options = options;
    const known = findKnownDocument(options.store, options.documentId);
    this.state = new Observable<TitleState>({
      title: known?.title,
      language: known?.language,
      unknownToApi: false,
      renameError: undefined,
    });
  }

  /** Reads the title and follows it. Returns how to stop. */
  start(): () => void {
    const { provider } = this.#options;
    const reading = new AbortController();
    void this.#read(reading.signal);
    const stopListening = provider.onEvent((event) => {
      if (event.type === "title") this.#hear({ title: event.title });
    });
    const stopWatching = provider.onStatusChange(() => {
      if (!provider.synced) return;
      if (this.#unread) void this.#read(reading.signal);
      if (this.#unsaved !== undefined) void this.rename(this.#unsaved);
    });
    return () => {
      reading.abort();
      stopListening();
      stopWatching();
    };
  }

  /** Changes the title. Where that fails, the state says why, and it is tried again when the connection is back. */
  async rename(title: string): Promise<void> {
    const { documentId, isDraft, renameDocument } = this.#options;
    const version = ++this.#version;
    this.#unsaved = undefined;
    if (isDraft) {
      this.#set({ title });
      return;
    }
    try {
      const saved = await renameDocument(documentId, title);
      if (version === this.#version) this.#set({ title: saved.title, renameError: undefined });
    } catch (error) {
      if (version !== this.#version) return;
      this.#unsaved = title;
      this.state.set({ ...this.state.get(), renameError: messageOf(error) });
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { documentId, isDraft, getDocument } = this.#options;
    if (isDraft) return;
    this.#unread = false;
    const version = this.#version;
    try {
      const { title, language } = await getDocument(documentId, signal);
      this.#set({ language: language ?? undefined, ...(version === this.#version && { title }) });
    } catch (error) {
      if (signal.aborted) return;
      this.#unread = true;
      const unknownToApi = error instanceof WebError && error.code === "NOT_FOUND";
      this.state.set({ ...this.state.get(), unknownToApi });
    }
  }

  #hear(heard: { readonly title: string }): void {
    this.#version++;
    this.#set(heard);
  }

  /** Takes over what is certain, and has the device remember it. */
  #set(changed: Partial<TitleState>): void {
    const state = { ...this.state.get(), unknownToApi: false, ...changed };
    this.state.set(state);
    const { documentId: id, store } = this.#options;
    const { title, language } = state;
    if (title !== undefined) rememberDocument(store, { id, title, language, openedAtMs: Date.now() });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
