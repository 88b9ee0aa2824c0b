import { type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  type PluginValue,
  ViewPlugin,
  WidgetType,
} from "@codemirror/view";

/** Where a word begins to be composed; null when it has ended. */
const setComposed = StateEffect.define<number | null>();

/** Nothing to be seen: it keeps what is on one side of it in another node of the page than what is on the other. */
class Fence extends WidgetType {
  toDOM(): HTMLElement {
    return document.createElement("span");
  }

  override eq(other: WidgetType): boolean {
    return other instanceof Fence;
  }
}

const before = Decoration.widget({ widget: new Fence(), side: -1 });
const behind = Decoration.widget({ widget: new Fence(), side: 1 });

const fences = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, { changes, effects }) {
    let next = set.map(changes);
    for (const effect of effects) {
      if (!effect.is(setComposed)) continue;
      const { value } = effect;
      next = value === null ? Decoration.none : Decoration.set([before.range(value), behind.range(value)]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Until CodeMirror has read what the input method left behind. */
const settlingMs = 50;

class ComposedWord implements PluginValue {
  readonly #view: EditorView;
  readonly #isNeeded: () => boolean;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView, isNeeded: () => boolean) {
    this.#view = view;
    this.#isNeeded = isNeeded;
    // Before CodeMirror hears of it, which from then on leaves the node alone in which the caret is.
    view.dom.addEventListener("compositionstart", this.#onStart, { capture: true });
    view.dom.addEventListener("compositionend", this.#onEnd);
  }

  destroy(): void {
    clearTimeout(this.#settling);
    this.#view.dom.removeEventListener("compositionstart", this.#onStart, { capture: true });
    this.#view.dom.removeEventListener("compositionend", this.#onEnd);
  }

  readonly #onStart = ({ target }: Event) => {
    const { contentDOM, state } = this.#view;
    const { main, ranges } = state.selection;
    if (target !== contentDOM || !mayFence() || !this.#isNeeded()) return;
    clearTimeout(this.#settling);
    if (main.empty && ranges.length === 1) this.#view.dispatch({ effects: setComposed.of(main.head) });
  };

  readonly #onEnd = () => {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (!this.#view.composing && this.#view.state.field(fences).size > 0)
        this.#view.dispatch({ effects: setComposed.of(null) });
    }, settlingMs);
  };
}

/**
 * Gives a word that is being composed a text node of its own. An input method writes into a text node of the page, and
 * is torn out of its word when another person's edit has that node redrawn; without this, it is the node of the whole
 * line, or of as much of it as has one look.
 *
 * @param isNeeded whether anybody else may edit the text: who is alone is left to the browser as it is
 */
export function composedWord(isNeeded: () => boolean): Extension {
  return [fences, ViewPlugin.define((view) => new ComposedWord(view, isNeeded))];
}

/** Chromium lets a page rearrange itself when composing begins. On Android CodeMirror composes off the page. */
function mayFence(): boolean {
  return "EditContext" in window && !/Android\b/.test(navigator.userAgent);
}
