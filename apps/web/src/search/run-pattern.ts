import { crossesLines } from "./pattern-kind";

/** A regular expression, and the text that it is to be looked for in. */
export interface PatternTask {
  readonly pattern: string;
  readonly caseSensitive: boolean;
  readonly text: string;
}

/** Of a line that is longer, only parts are on the screen, where a pattern is looked for by itself. */
const partLength = 1000;

/** Looks for all matches, as CodeMirror does. Comes to an end or not: where it does, so does CodeMirror. */
export function runPattern({ pattern, caseSensitive, text }: PatternTask): void {
  const regexp = new RegExp(pattern, `gmu${caseSensitive ? "" : "i"}`);
  if (crossesLines(pattern)) matchAll(regexp, text);
  for (const line of text.split("\n")) {
    if (!crossesLines(pattern)) matchAll(regexp, line);
    if (line.length <= partLength) continue;
    for (let from = 0; from < line.length; from += partLength)
      matchAll(regexp, line.slice(from, from + partLength));
  }
}

function matchAll(regexp: RegExp, text: string): void {
  regexp.lastIndex = 0;
  for (let match = regexp.exec(text); match !== null; match = regexp.exec(text)) {
    if (match[0] === "") regexp.lastIndex++;
  }
}
