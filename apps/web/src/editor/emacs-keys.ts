import { type Extension, Prec } from "@codemirror/state";
import { EmacsHandler, emacs } from "@replit/codemirror-emacs";
import { redo, undo } from "./undo";

/** Emacs's keys, with the undo of this person's own edits. */
export function emacsKeys(): Extension {
  EmacsHandler.bindKey("C-/|C-x u|S-C--|C-z", undo);
  EmacsHandler.bindKey("S-C-/|S-C-x u|C--|S-C-z", redo);
  return Prec.high(emacs());
}
