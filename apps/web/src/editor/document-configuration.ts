import { indentUnit } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { DocumentSettings } from "../collaboration/document-settings";
import { indentUnitOf, tabSizeOf } from "./indent-style";

const proseAttributes = { spellcheck: "true", autocorrect: "on", autocapitalize: "sentences" };
const codeAttributes = { spellcheck: "false", autocorrect: "off", autocapitalize: "off" };

/** What an editor does differently for the sake of one document's language and settings. */
export function documentConfiguration(
  support: Extension,
  prose: boolean,
  settings: DocumentSettings,
): Extension {
  return [
    support,
    EditorView.contentAttributes.of(prose ? proseAttributes : codeAttributes),
    EditorState.tabSize.of(tabSizeOf(settings)),
    indentUnit.of(indentUnitOf(settings)),
  ];
}
