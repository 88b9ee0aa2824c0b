import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** How long a place is marked that one was led to. */
export const flashMs = 1600;

/** Marks the line that holds this position; undefined takes the mark away. */
export const setFlash = StateEffect.define<number | undefined>();

const mark = Decoration.line({ class: "cm-flash" });

/** Marks the line that one was led to, wherever edits move it. */
export const flash: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, { changes, effects, newDoc }) {
    let next = marked.map(changes);
    for (const effect of effects) {
      if (!effect.is(setFlash)) continue;
      next =
        effect.value === undefined
          ? Decoration.none
          : Decoration.set(mark.range(newDoc.lineAt(Math.min(effect.value, newDoc.length)).from));
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
