import type { SearchQuery } from "@codemirror/search";
import type { EditorState } from "@codemirror/state";
import { crossesLines } from "./pattern-kind";

/** What has been found up to now. */
export interface MatchCount {
  readonly total: number;
  /** Which of them is selected, counted from 1; 0 if none is. */
  readonly current: number;
  /** Whether there may be more: the count goes on, or has been given up at `matchesMax`. */
  readonly more: boolean;
}

export const noMatches: MatchCount = { total: 0, current: 0, more: false };

/** Nobody needs to know more exactly how many there are beyond this. */
export const matchesMax = 10_000;

/** Looked through at a time, in UTF-16 code units. */
const sliceLength = 100_000;

/**
 * Counts what `query` finds in `state`, a slice at a time: each step does a bounded amount of work and yields what is
 * known by then, so that a huge text can be counted between frames and the count be given up at any time. (A pattern
 * that may match across lines is looked for in one go; so is any within one line.)
 */
export function* countMatches(query: SearchQuery, state: EditorState): Generator<MatchCount, MatchCount> {
  if (!query.valid) return noMatches;
  const { from, to } = state.selection.main;
  let total = 0;
  let current = 0;
  let position = 0;
  while (position <= state.doc.length) {
    const end = sliceEnd(query, state, position);
    const cursor = query.getCursor(state, position, Math.min(end + overlapOf(query), state.doc.length));
    for (let next = cursor.next(); !next.done; next = cursor.next()) {
      const match = next.value;
      if (match.from > end || (match.from === end && end < state.doc.length)) break;
      position = match.to;
      total++;
      if (match.from === from && match.to === to) current = total;
      if (total === matchesMax) return { total, current, more: true };
    }
    if (end >= state.doc.length) break;
    position = Math.max(position, end);
    yield { total, current, more: true };
  }
  return { total, current, more: false };
}

function sliceEnd(query: SearchQuery, { doc }: EditorState, start: number): number {
  const end = Math.min(start + sliceLength, doc.length);
  if (!query.regexp) return end;
  return crossesLines(query.search) ? doc.length : Math.min(doc.lineAt(end).to + 1, doc.length);
}

/** How far a match that begins in one slice may reach into the next: letters may be several when they are compared. */
function overlapOf(query: SearchQuery): number {
  return query.regexp ? 0 : query.search.length * 4;
}
