import { useSyncExternalStore } from "react";
import type { SetAsideCopies, SetAsideCopy } from "./set-aside-copies";

/** The copies that are offered to the person. */
export function useSetAsideCopies(copies: SetAsideCopies): readonly SetAsideCopy[] {
  return useSyncExternalStore(copies.onChange, copies.offered);
}
