import * as Y from "yjs";
import { SharedSettings } from "./document-settings";

/** What this page has of a document, and what one has done in it, to be undone. Sessions come and go with connections. */
export class Replica {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText("content");
  readonly settings = new SharedSettings(this.doc.getMap("settings"));
  #undoManager: Y.UndoManager | undefined;

  /** Of what is done from the first call on. */
  get undoManager(): Y.UndoManager {
    this.#undoManager ??= new Y.UndoManager(this.text);
    return this.#undoManager;
  }

  destroy(): void {
    this.#undoManager?.destroy();
    this.doc.destroy();
  }
}
