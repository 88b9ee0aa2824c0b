/** Where somebody is whom one follows, as positions in the text. */
export interface Whereabouts {
  /** Where the lines in their view begin and end; undefined for a client that does not tell. */
  readonly shown: { readonly from: number; readonly to: number } | undefined;
  readonly caret: number | undefined;
}

export type FollowTarget =
  /** Their first line becomes the first one here. */
  | { readonly kind: "top"; readonly position: number }
  /** Their caret comes into view, if it is not. */
  | { readonly kind: "caret"; readonly position: number };

/**
 * What to show in order to follow somebody: what they see, and if they see their caret, that in any case: a smaller
 * window does not show as much as theirs.
 *
 * @param fits whether the lines of these two positions are in one's own window if the former is at its top
 */
export function followTarget(
  { shown, caret }: Whereabouts,
  fits: (from: number, to: number) => boolean,
): FollowTarget | undefined {
  if (shown === undefined) return caret === undefined ? undefined : { kind: "caret", position: caret };
  const seesCaret = caret !== undefined && caret >= shown.from && caret <= shown.to;
  if (seesCaret && !fits(shown.from, caret)) return { kind: "caret", position: caret };
  return { kind: "top", position: shown.from };
}
