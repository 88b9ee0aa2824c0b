import { diffArrays } from "diff";
import { findAnchors } from "./find-anchors";

/** A place where two texts differ: what of the old one goes, and what comes there. */
export interface Hunk {
  /** In UTF-16 units of the old text. */
  readonly from: number;
  /** UTF-16 units of the old text that go. */
  readonly deleted: number;
  readonly inserted: string;
}

/** How long is looked for the least that has changed, in milliseconds; after that, more is replaced than need be. */
const budgetMs = 300;
/** Places with more text than this are not compared word by word. */
const wordsLengthMax = 20_000;

/**
 * What makes `after` out of `before`, in the order of the text: first the lines that changed, then the words in these, then
 * the ends of those. Never half a surrogate pair. Takes a bounded time, however large the texts are and whatever they say.
 */
export function differenceOf(before: string, after: string): Hunk[] {
  const deadlineMs = performance.now() + budgetMs;
  return split({ from: 0, before, after }, linesOf, deadlineMs)
    .flatMap((change) =>
      change.before.length + change.after.length > wordsLengthMax
        ? [change]
        : split(change, wordsOf, deadlineMs),
    )
    .map(({ from, before, after }) => ({ from, deleted: before.length, inserted: after }));
}

interface Change {
  /** In the old text. */
  readonly from: number;
  readonly before: string;
  readonly after: string;
}

/** The smaller changes that a change consists of: larger ones, where there is no time to find them. */
function split(change: Change, tokensOf: (text: string) => string[], deadlineMs: number): Change[] {
  const whole = trim(change);
  if (whole.before === "" || whole.after === "") return isEmpty(whole) ? [] : [whole];
  const [before, after] = [tokensOf(whole.before), tokensOf(whole.after)];
  const changes: Change[] = [];
  let { from } = whole;
  let [atBefore, atAfter] = [0, 0];
  // What both have once is in its place. Between two such places there is little left to compare.
  for (const [toBefore, toAfter] of [...findAnchors(before, after), [before.length, after.length] as const]) {
    const between = { before: before.slice(atBefore, toBefore), after: after.slice(atAfter, toAfter) };
    changes.push(...compare(from, between, deadlineMs));
    from += lengthOf(between.before) + (before[toBefore]?.length ?? 0);
    [atBefore, atAfter] = [toBefore + 1, toAfter + 1];
  }
  return changes;
}

function compare(
  start: number,
  { before, after }: Readonly<Record<"before" | "after", string[]>>,
  deadlineMs: number,
): Change[] {
  const whole = { from: start, before: before.join(""), after: after.join("") };
  if (isEmpty(whole)) return [];
  if (before.length === 0 || after.length === 0) return [whole];
  const parts = diffArrays(before, after, { timeout: Math.max(0, deadlineMs - performance.now()) });
  if (parts === undefined) return [trim(whole)];
  const changes: Change[] = [];
  let [from, removed, added] = [start, "", ""];
  const note = () => {
    const found = trim({ from: from - removed.length, before: removed, after: added });
    if (!isEmpty(found)) changes.push(found);
    [removed, added] = ["", ""];
  };
  for (const part of parts) {
    const text = part.value.join("");
    if (part.added) {
      added += text;
      continue;
    }
    if (part.removed) removed += text;
    else note();
    from += text.length;
  }
  note();
  return changes;
}

function lengthOf(tokens: readonly string[]): number {
  return tokens.reduce((sum, { length }) => sum + length, 0);
}

function isEmpty({ before, after }: Change): boolean {
  return before === "" && after === "";
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Words, and each sign of writings that do without spaces, and each other character. */
function wordsOf(text: string): string[] {
  return (
    text.match(/(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}\p{N}_])+|./gsu) ?? []
  );
}

/** Without what both begin and end with. */
function trim({ from, before, after }: Change): Change {
  const prefix = commonPrefix(before, after);
  const suffix = commonSuffix(before, after, prefix);
  return {
    from: from + prefix,
    before: before.slice(prefix, before.length - suffix),
    after: after.slice(prefix, after.length - suffix),
  };
}

function commonPrefix(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let length = 0;
  while (length < most && before.charCodeAt(length) === after.charCodeAt(length)) length++;
  return cutsPair(before, length) || cutsPair(after, length) ? length - 1 : length;
}

/** Of what is behind the common prefix. */
function commonSuffix(before: string, after: string, prefix: number): number {
  const most = Math.min(before.length, after.length) - prefix;
  const unit = (text: string, fromEnd: number) => text.charCodeAt(text.length - fromEnd);
  let length = 0;
  while (length < most && unit(before, length + 1) === unit(after, length + 1)) length++;
  const cuts = cutsPair(before, before.length - length) || cutsPair(after, after.length - length);
  return cuts ? length - 1 : length;
}

/** Whether a surrogate pair lies across `at`. */
function cutsPair(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
