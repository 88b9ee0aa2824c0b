import { type Extension, type Range, RangeSet } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin } from "@codemirror/view";
import { runsFromRightToLeft } from "./runs-from-right-to-left";

const rightToLeft = Decoration.line({ attributes: { dir: "rtl" } });

/**
 * Has every line run the way that its first letter does, and the caret in it move accordingly. Lines from left to right
 * bear no mark: a browser that is told to find out by itself (`dir="auto"`) computes styles anew with every letter.
 */
export const lineDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.define(
    (view) => {
      const plugin = {
        lines: drawnLines(view),
        update: (update: { docChanged: boolean; viewportChanged: boolean; view: EditorView }) => {
          if (update.docChanged || update.viewportChanged) plugin.lines = drawnLines(update.view);
        },
      };
      return plugin;
    },
    { decorations: ({ lines }) => lines },
  ),
];

/** Those of them that run from right to left. */
function drawnLines({ state, visibleRanges }: EditorView): DecorationSet {
  const lines: Range<Decoration>[] = [];
  let end = -1;
  for (const { from, to } of visibleRanges) {
    for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
      if (line.from > end && runsFromRightToLeft(line.text)) lines.push(rightToLeft.range(line.from));
      end = line.from;
      if (line.to >= to) break;
    }
  }
  return RangeSet.of(lines);
}
