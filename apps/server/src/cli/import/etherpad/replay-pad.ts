import { createHash } from "node:crypto";
import * as Y from "yjs";
import { Refusal } from "../../../files/refusal";
import { applyChangeset, type Operation, parseChangeset } from "./changeset";
import type { Pad } from "./pad";

/** A change of a pad as an update of Yjs. */
export interface PadEdit {
  readonly update: Uint8Array;
  /** Etherpad's ID; empty for nobody. */
  readonly author: string;
  readonly timeMs: number | undefined;
}

/** What a pad says before its first revision. */
const beginning = "\n";

/**
 * Types a pad anew, revision by revision, each as its author: the same updates each time.
 *
 * @throws {Refusal} what the revisions come to is not what the pad says
 */
export function replayPad({ revisions, text }: Pad): PadEdit[] {
  const doc = new Y.Doc();
  const content = doc.getText("content");
  const edits: PadEdit[] = [];
  let current = beginning;
  /** Makes an update of what `change` does. */
  const edit = (author: string, timeMs: number | undefined, change: () => void) => {
    const updates: Uint8Array[] = [];
    const note = (update: Uint8Array) => updates.push(update);
    doc.clientID = clientOf(author);
    doc.on("update", note);
    doc.transact(change);
    doc.off("update", note);
    // A change of formatting alone changes no text.
    for (const update of updates) edits.push({ update, author, timeMs });
  };
  const [first] = revisions;
  edit(first?.author ?? "", first?.timeMs, () => content.insert(0, beginning));
  for (const { changeset, author, timeMs } of revisions) {
    const parsed = parseChangeset(changeset);
    current = applyChangeset(current, parsed);
    edit(author, timeMs, () => type(content, parsed.operations));
  }
  if (current !== text) throw new Refusal("is damaged: its revisions do not come to its text");
  const last = revisions.at(-1);
  // Yjs keeps characters whole where Etherpad goes through one: in the end the text is right.
  if (content.toString() !== text.replace(/\p{Cs}/gu, "\ufffd")) {
    edit(last?.author ?? "", last?.timeMs, () => {
      content.delete(0, content.length);
      content.insert(0, text);
    });
  }
  doc.destroy();
  return edits;
}

function type(content: Y.Text, operations: readonly Operation[]): void {
  let at = 0;
  for (const step of operations) {
    if (step.type === "delete") content.delete(at, step.length);
    if (step.type === "insert") content.insert(at, step.text);
    if (step.type !== "delete") at += step.type === "insert" ? step.text.length : step.length;
  }
}

/** Yjs tells authors apart by numbers of 32 bits. */
function clientOf(author: string): number {
  return createHash("sha256").update(author).digest().readUInt32BE();
}
