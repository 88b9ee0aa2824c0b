import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { ySyncAnnotation } from "y-codemirror.next";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { setPeers } from "./peers-field";
import { readPeers } from "./read-peers";

/** Tells the others where one's caret is, and keeps `peersField` up to date with theirs. */
class Presence implements PluginValue {
  readonly #view: EditorView;
  readonly #awareness: Awareness;
  readonly #text: Y.Text;
  #scheduled = false;
  #destroyed = false;

  constructor(view: EditorView, awareness: Awareness, text: Y.Text) {
    this.#view = view;
    this.#awareness = awareness;
    this.#text = text;
    awareness.on("change", this.#onAwareness);
    this.#onAwareness({ added: [...awareness.getStates().keys()], updated: [], removed: [] });
  }

  update(update: ViewUpdate): void {
    const remote = update.transactions.some((transaction) => transaction.annotation(ySyncAnnotation));
    // The place of a caret that was told before the edits around it arrived can only be known now.
    if (update.docChanged && remote) this.#schedule();
    if (!remote && (update.docChanged || update.selectionSet || update.focusChanged)) this.#tell(update);
  }

  destroy(): void {
    this.#awareness.off("change", this.#onAwareness);
    this.#destroyed = true;
  }

  #tell({ view, state }: ViewUpdate): void {
    if (!view.hasFocus || this.#awareness.getLocalState() === null) return;
    const { anchor, head } = state.selection.main;
    const cursor = {
      anchor: Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.#text, anchor)),
      head: Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.#text, head)),
    };
    const told = this.#awareness.getLocalState()?.cursor;
    if (JSON.stringify(told) !== JSON.stringify(cursor)) this.#awareness.setLocalStateField("cursor", cursor);
  }

  readonly #onAwareness = (change: { added: number[]; updated: number[]; removed: number[] }) => {
    const others = [...change.added, ...change.updated, ...change.removed].some(
      (clientId) => clientId !== this.#awareness.clientID,
    );
    if (others) this.#schedule();
  };

  /** Once for all that came together, so that it is drawn in one frame with that; and never within an update of the view. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (this.#destroyed) return;
      this.#view.dispatch({ effects: setPeers.of(readPeers(this.#awareness, this.#text)) });
    });
  }
}

/** Must stand after the extension that hands local edits to `text`: positions are told in its terms. */
export function presence(awareness: Awareness, text: Y.Text) {
  return ViewPlugin.define((view) => new Presence(view, awareness, text));
}
