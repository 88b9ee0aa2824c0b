import type { DocumentEvent } from "@scriptorium/protocol";
import { describe, expect, it } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import type { DocumentSummary } from "../api/document-summary";
import { WebError } from "../api/web-error";
import { findKnownDocument, rememberDocument } from "../documents/known-documents";
import { openDeviceStore } from "../ui/device-store";
import { DocumentTitle, type DocumentTitleOptions } from "./document-title";

const id = "01J00000000000000000000000";

/** A connection whose events and outages the test makes. */
class Connection {
  synced = true;
  #event: ((event: DocumentEvent) => void) | undefined;
  #status: (() => void) | undefined;

  onEvent(listener: (event: DocumentEvent) => void): () => void {
    this.#event = listener;
    return () => {
      this.#event = undefined;
    };
  }

  onStatusChange(listener: () => void): () => void {
    this.#status = listener;
    return () => {
      this.#status = undefined;
    };
  }

  retitle(title: string): void {
    this.#event?.({ type: "title", title });
  }

  comeBack(): void {
    this.#status?.();
  }
}

function summary(title: string): DocumentSummary {
  const at = "2026-01-01T00:00:00Z";
  return { id, title, language: "Markdown", createdAt: at, updatedAt: at, editors: 0 };
}

function open(options: Partial<DocumentTitleOptions> = {}) {
  const connection = new Connection();
  const store = options.store ?? newStore();
  const title = new DocumentTitle({
    documentId: id,
    isDraft: false,
    provider: connection,
    store,
    getDocument: async () => summary("Notes"),
    renameDocument: async (_, wanted) => summary(wanted),
    ...options,
  });
  return { connection, store, title };
}

const newStore = () => openDeviceStore(() => memoryStorage());
/** Lets the answers that are there be taken. */
const answered = () => new Promise((resolve) => setImmediate(resolve));
const unreachable = () => Promise.reject(new WebError("UNREACHABLE", "The server cannot be reached."));

describe("DocumentTitle", () => {
  it("is what this device remembers until the server answers", async () => {
    const store = newStore();
    rememberDocument(store, { id, title: "Draft", openedAtMs: 1 });
    const { title } = open({ store });
    title.start();
    expect(title.state.get().title).toBe("Draft");
    await answered();
    expect(title.state.get()).toMatchObject({ title: "Notes", language: "Markdown" });
    expect(findKnownDocument(store, id)).toMatchObject({ title: "Notes", language: "Markdown" });
  });

  it("follows the events of the connection, which an answer that was asked for before does not undo", async () => {
    const { connection, title } = open();
    title.start();
    connection.retitle("Plans");
    await answered();
    expect(title.state.get()).toMatchObject({ title: "Plans", language: "Markdown" });
  });

  it("is unknown where the server has no such document", async () => {
    const { title } = open({
      getDocument: () => Promise.reject(new WebError("NOT_FOUND", "There is no such document.")),
    });
    title.start();
    await answered();
    expect(title.state.get().unknownToApi).toBe(true);
  });

  it("is read again when the server was away", async () => {
    let isAway = true;
    const { connection, title } = open({
      getDocument: () => (isAway ? unreachable() : Promise.resolve(summary("Notes"))),
    });
    title.start();
    await answered();
    expect(title.state.get()).toMatchObject({ title: undefined, unknownToApi: false });
    isAway = false;
    connection.comeBack();
    await answered();
    expect(title.state.get().title).toBe("Notes");
  });

  it("says why a change is not saved, and saves it when the connection is back", async () => {
    let isAway = true;
    const { connection, title } = open({
      renameDocument: (_, wanted) => (isAway ? unreachable() : Promise.resolve(summary(wanted))),
    });
    title.start();
    await answered();
    await title.rename("Plans");
    expect(title.state.get()).toMatchObject({ title: "Notes", renameError: "The server cannot be reached." });
    isAway = false;
    connection.comeBack();
    await answered();
    expect(title.state.get()).toMatchObject({ title: "Plans", renameError: undefined });
  });

  it("is what it was changed to last, whichever answer comes last", async () => {
    const answers: (() => void)[] = [];
    const { title } = open({
      renameDocument: (_, wanted) =>
        new Promise((resolve) => {
          answers.push(() => resolve(summary(wanted)));
        }),
    });
    const first = title.rename("One");
    const second = title.rename("Two");
    for (const answer of answers.reverse()) answer();
    await Promise.all([first, second]);
    expect(title.state.get().title).toBe("Two");
  });

  it("stays on this device while the document is a draft", async () => {
    const asked = () => Promise.reject(new Error("the server was asked"));
    const { store, title } = open({ isDraft: true, getDocument: asked, renameDocument: asked });
    title.start();
    await title.rename("Plans");
    expect(title.state.get()).toMatchObject({ title: "Plans", renameError: undefined });
    expect(findKnownDocument(store, id)?.title).toBe("Plans");
  });

  it("hears nothing any more once it was stopped", async () => {
    const { connection, title } = open();
    const stop = title.start();
    await answered();
    stop();
    connection.retitle("Plans");
    expect(title.state.get().title).toBe("Notes");
  });
});
