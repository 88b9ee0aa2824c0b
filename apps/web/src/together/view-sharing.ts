import { type EditorView, type PluginValue, ViewPlugin } from "@codemirror/view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { tell } from "./awareness-fields";

/** As often as a follower's view may move: more would be frames for everybody in the document. */
const everyMs = 300;

/** Tells which lines are in view, for as long as somebody follows: else scrolling costs nobody a message. */
class ViewSharing implements PluginValue {
  readonly #view: EditorView;
  readonly #awareness: Awareness;
  readonly #text: Y.Text;
  readonly #selfId: string;
  #isFollowed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView, awareness: Awareness, text: Y.Text, selfId: string) {
    this.#view = view;
    this.#awareness = awareness;
    this.#text = text;
    this.#selfId = selfId;
    awareness.on("change", this.#onAwareness);
    view.scrollDOM.addEventListener("scroll", this.#schedule, { passive: true });
    this.#onAwareness();
  }

  update({ geometryChanged }: { readonly geometryChanged: boolean }): void {
    if (geometryChanged) this.#schedule();
  }

  destroy(): void {
    this.#awareness.off("change", this.#onAwareness);
    this.#view.scrollDOM.removeEventListener("scroll", this.#schedule);
    clearTimeout(this.#timer);
  }

  readonly #onAwareness = () => {
    const states = this.#awareness.getStates();
    const isFollowed = [...states].some(
      ([client, state]) => client !== this.#awareness.clientID && state.following === this.#selfId,
    );
    if (isFollowed === this.#isFollowed) return;
    this.#isFollowed = isFollowed;
    if (isFollowed) this.#measure();
    else tell(this.#awareness, "shown", null);
  };

  readonly #schedule = () => {
    if (!this.#isFollowed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#measure();
    }, everyMs);
  };

  #measure(): void {
    this.#view.requestMeasure({
      key: this,
      read: (view) => {
        const { top, bottom } = view.scrollDOM.getBoundingClientRect();
        const blockAt = (y: number) => view.lineBlockAtHeight(y - view.documentTop);
        return { from: blockAt(top).from, to: blockAt(bottom).to };
      },
      write: ({ from, to }) => {
        if (!this.#isFollowed) return;
        tell(this.#awareness, "shown", { from: this.#positionAt(from), to: this.#positionAt(to) });
      },
    });
  }

  #positionAt(index: number): unknown {
    return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.#text, index));
  }
}

export function viewSharing(awareness: Awareness, text: Y.Text, selfId: string) {
  return ViewPlugin.define((view) => new ViewSharing(view, awareness, text, selfId));
}
