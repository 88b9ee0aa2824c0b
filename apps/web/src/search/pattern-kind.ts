/** Patterns that CodeMirror matches across lines. */
const acrossLines = /\\[sWDnr]|\n|\r|\[\^/;

export function crossesLines(pattern: string): boolean {
  return acrossLines.test(pattern);
}

/** Whether matching can take longer than looking at each character a few times: only where something may repeat. */
export function mayBeSlow(pattern: string): boolean {
  return /[*+{?]/.test(pattern);
}
