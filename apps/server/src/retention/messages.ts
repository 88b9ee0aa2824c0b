import type { RememberedDocument } from "./horizon-fold";

/** From the retention's worker to the server: the answers to "next". */
export type FoldReport =
  | { readonly type: "document"; readonly document: RememberedDocument }
  | { readonly type: "blocked"; readonly position: number; readonly message: string }
  | { readonly type: "done" };
