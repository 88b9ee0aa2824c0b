/** Somebody else's change of the text. */
export interface RemoteEdit {
  /** Who wrote it; undefined where that cannot be known. */
  readonly author: { readonly id: string; readonly name: string } | undefined;
  /** The line that it is in, from 1. */
  readonly line: number;
}
