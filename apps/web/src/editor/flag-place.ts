/** Where the flag with a name stands: over its caret, under it, or behind it in the caret's own line. */
export type FlagPlace = "above" | "below" | "beside";

interface CaretLine {
  /** In pixels from the top of the text's page. */
  readonly top: number;
  readonly height: number;
}

/**
 * A place where the flag covers neither the edge of the page nor the line in which one is typing oneself.
 *
 * @param ownMiddle the middle of one's own line, as `caret.top` counts; undefined while one is not writing
 */
export function flagPlace(caret: CaretLine, ownMiddle: number | undefined): FlagPlace {
  // On the first lines there is no room above.
  const fitsAbove = caret.top >= caret.height;
  const isOwn = (top: number) =>
    ownMiddle !== undefined && ownMiddle >= top && ownMiddle < top + caret.height;
  if (fitsAbove && !isOwn(caret.top - caret.height)) return "above";
  return isOwn(caret.top + caret.height) ? "beside" : "below";
}
