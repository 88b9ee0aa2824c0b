import * as Y from "yjs";
import { differenceOf, type Hunk } from "./difference";

/** An edit of a text, as an update. Lengths are in UTF-16 units, as Yjs counts. */
export interface TextEdit {
  readonly update: Uint8Array;
  readonly inserted: number;
  readonly deleted: number;
}

/**
 * Edits the document so that its text is `text`, leaving as much as possible untouched. Undefined if that is what it says
 * already.
 *
 * @param isTaken whether others have written under a number: this edit has one of its own
 */
export function setText(
  doc: Y.Doc,
  text: string,
  isTaken: (clientId: number) => boolean,
): TextEdit | undefined {
  const content = doc.getText("content");
  const before = content.toString();
  const hunks = differenceOf(wellFormed(before), withLineEndsOf(before, text));
  if (hunks.length === 0) return undefined;
  while (doc.store.clients.has(doc.clientID) || isTaken(doc.clientID)) {
    doc.clientID = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  }
  const embeds = content.length === before.length ? [] : embedsIn(content);
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array) => updates.push(update);
  doc.on("update", note);
  doc.transact(() => {
    // From the end, so that what comes before stays where it is.
    for (const hunk of hunks.toReversed()) apply(content, hunk, embeds);
  });
  doc.off("update", note);
  return {
    update: Y.mergeUpdates(updates),
    inserted: hunks.reduce((sum, { inserted }) => sum + inserted.length, 0),
    deleted: hunks.reduce((sum, { deleted }) => sum + deleted, 0),
  };
}

/**
 * `text` with the line ends that a text has which it is to replace: `\n`, which is all that editors here write. Where
 * that has other ones, they are somebody's intention, and `text` is taken as it is.
 */
export function withLineEndsOf(before: string, text: string): string {
  return before.includes("\r") ? text : text.replace(/\r\n?/g, "\n");
}

/** As it is in UTF-8. Each half of a pair without the other becomes one character, so that all stays in its place. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

/** Where between the characters something else is, such as an image, which other clients may have put there. */
function embedsIn(content: Y.Text): number[] {
  const embeds: number[] = [];
  let at = 0;
  for (const { insert } of content.toDelta() as readonly { readonly insert: unknown }[]) {
    if (typeof insert === "string") at += insert.length;
    else embeds.push(at);
  }
  return embeds;
}

function apply(content: Y.Text, { from, deleted, inserted }: Hunk, embeds: readonly number[]): void {
  const to = from + deleted;
  const indexOf = (at: number) => at + embeds.filter((embed) => embed <= at).length;
  const cuts = [from, ...embeds.filter((embed) => embed > from && embed < to), to];
  for (const [number, start] of [...cuts.slice(0, -1).entries()].toReversed()) {
    const length = (cuts[number + 1] ?? to) - start;
    if (length > 0) content.delete(indexOf(start), length);
  }
  if (inserted !== "") content.insert(indexOf(from), inserted);
}
