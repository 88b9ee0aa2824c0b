import * as Y from "yjs";
import { setText, type TextEdit, withLineEndsOf } from "../texts/set-text";
import { materialise } from "./materialise";

/** An edit that sets a text, and what becomes of it. */
export interface PreparedEdit {
  /** Undefined if nothing is to be changed. */
  readonly edit: TextEdit | undefined;
  /** Whether the document says what was asked for then, and nothing that others have written meanwhile. */
  readonly isExact: boolean;
}

/**
 * The edit that sets a document's text, or, of a text that somebody has worked on since it was as `base` makes it, the edit
 * that does to the document what they did to that.
 *
 * @param doc as it is now; the edit is applied to it
 * @param base updates; undefined if the document is what the text is based on
 */
export function prepareEdit(doc: Y.Doc, text: string, base: readonly Uint8Array[] | undefined): PreparedEdit {
  if (base === undefined) return { edit: setText(doc, text, () => false), isExact: true };
  const positioned = base.map((update, position) => ({ position, update }));
  const { doc: before } = materialise(undefined, positioned);
  const wanted = withLineEndsOf(before.getText("content").toString(), text);
  const edit = setText(before, text, (clientId) => doc.store.clients.has(clientId));
  before.destroy();
  if (edit !== undefined) Y.applyUpdate(doc, edit.update);
  return { edit, isExact: doc.getText("content").toString() === wanted };
}
