import { foldGutter } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightTrailingWhitespace,
  highlightWhitespace,
  lineNumbers,
} from "@codemirror/view";
import { applies, type Preferences } from "../preferences/preferences";
import { lineDirection } from "./line-direction";

/** How a text looks to one person. */
export function appearance(preferences: Preferences, prose: boolean): Extension {
  const has = (name: "wrap" | "lineNumbers" | "activeLine" | "whitespace") =>
    applies(preferences[name], prose);
  const { ruler, font, fontSize } = preferences;
  const classes = [
    prose ? "cm-prose" : "cm-source",
    prose && font === "sans" ? "cm-sans" : "cm-mono",
    has("wrap") ? "cm-wraps" : "cm-runs-on",
    ...(ruler === 0 ? [] : ["cm-ruled"]),
  ];
  return [
    EditorView.editorAttributes.of({
      class: classes.join(" "),
      // A ratio of the reader's own size, which they may have set in the browser.
      style: `--text-size: ${fontSize / 16}rem; --ruler: ${ruler}`,
    }),
    has("wrap") ? EditorView.lineWrapping : [],
    // Code runs from left to right, also where its comments do not.
    prose ? lineDirection : [],
    has("lineNumbers") ? [lineNumbers(), highlightActiveLineGutter()] : [],
    prose ? [] : foldGutter(foldMarkers),
    has("activeLine") ? highlightActiveLine() : [],
    has("whitespace") ? [highlightWhitespace(), highlightTrailingWhitespace()] : [],
  ];
}

const foldMarkers = { openText: "⌄", closedText: "›" };
