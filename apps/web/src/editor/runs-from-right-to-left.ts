/** Letters, and the marks that stand for one where there is none. */
const strong = /[\p{L}\u200e\u200f]/u;

/** The blocks of scripts from right to left, as the Unicode Bidirectional Algorithm assigns them, and their mark. */
const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** So far into a line a letter is looked for. */
const charactersMax = 1000;

/** Whether the first letter of a line is of a script that is written from right to left. */
export function runsFromRightToLeft(line: string): boolean {
  const [first] = strong.exec(line.slice(0, charactersMax)) ?? [];
  return first !== undefined && rightToLeft.test(first);
}
