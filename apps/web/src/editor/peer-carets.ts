import { type EditorState, type Extension, RangeSet } from "@codemirror/state";
import { Decoration, EditorView, layer } from "@codemirror/view";
import { PeerCaret } from "./peer-caret";
import { peersField } from "./peers-field";

/** How near the pointer must come to a caret, in pixels, for the name to show. */
const nearPx = 8;

const caretLayer = layer({
  above: true,
  class: "cm-peer-layer",
  update: (update) =>
    update.docChanged ||
    // A flag makes way for the line in which one writes.
    ((update.selectionSet || update.focusChanged) && update.state.field(peersField).length > 0) ||
    update.startState.field(peersField) !== update.state.field(peersField),
  markers: (view) => PeerCaret.all(view, view.state.field(peersField)),
});

/** Marks that only colour the ground: nothing in the text changes its place. */
function selections(state: EditorState) {
  const ranges = state
    .field(peersField)
    .filter((peer) => peer.anchor !== peer.head)
    .map(({ anchor, head, person }) =>
      Decoration.mark({
        class: "cm-peer-selection person",
        attributes: { style: `--person-on-light:${person.onLight};--person-on-dark:${person.onDark}` },
      }).range(Math.min(anchor, head), Math.max(anchor, head)),
    );
  return RangeSet.of(ranges, true);
}

/** The layer takes no pointer, so that one can click through a caret; nearness is measured instead. */
const showNameNearPointer = EditorView.domEventHandlers({
  mousemove: (event, view) => {
    for (const caret of view.dom.querySelectorAll(".cm-peer")) {
      const { left, top, bottom } = caret.getBoundingClientRect();
      const near =
        Math.abs(event.clientX - left) <= nearPx && event.clientY >= top && event.clientY <= bottom;
      caret.classList.toggle("cm-peer-near", near);
    }
  },
});

/** Shows the others' carets, names and selections, as `peersField` has them. */
export function peerCarets(): Extension {
  return [caretLayer, EditorView.decorations.compute([peersField], selections), showNameNearPointer];
}
