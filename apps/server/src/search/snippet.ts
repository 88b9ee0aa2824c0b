import { invisibleSpace } from "./search-query";

/** A piece of a snippet: what was looked for, or what is around it. */
export interface SnippetPart {
  readonly text: string;
  readonly match: boolean;
}

/** Around matches while they are one string. Characters that Unicode says are never any text's. */
export const [matchBegin, matchEnd] = ["\ufdd0", "\ufdd1"] as const;

/** Of text before and after a match, in UTF-16 code units. A word can be as long as its text. */
const partLengthMax = 120;
const matchLengthMax = 80;
const ellipsis = "…";

/** The parts of a text with marked matches, each of them short and on one line; none if nothing is marked. */
export function readSnippet(marked: string): readonly SnippetPart[] {
  const pieces = marked.replaceAll(invisibleSpace, "").split(matchBegin);
  if (pieces.length === 1) return [];
  const parts: SnippetPart[] = [];
  const add = (text: string, match: boolean) => {
    if (text !== "") parts.push({ text, match });
  };
  for (const [index, piece] of pieces.entries()) {
    if (index === 0) {
      add(keepEnd(oneLine(piece).trimStart()), false);
      continue;
    }
    const [match = "", rest = ""] = piece.split(matchEnd);
    add(keepBeginning(oneLine(match), matchLengthMax), true);
    add(keepBeginning(oneLine(rest), partLengthMax), false);
  }
  return parts;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}

function keepBeginning(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  return `${text.slice(0, lengthMax).replace(/[\ud800-\udbff]$/, "")}${ellipsis}`;
}

function keepEnd(text: string): string {
  if (text.length <= partLengthMax) return text;
  return `${ellipsis}${text.slice(-partLengthMax).replace(/^[\udc00-\udfff]/, "")}`;
}
