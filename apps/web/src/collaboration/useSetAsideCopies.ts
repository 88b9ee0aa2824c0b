import { useEffect, useSyncExternalStore } from "react";
import { afterPaint } from "../ui/after-paint";
import type { SetAsideCopies, SetAsideCopy } from "./set-aside-copies";

/** The copies that are offered to the person: none in the first frame, which has the text to show. */
export function useSetAsideCopies(copies: SetAsideCopies): readonly SetAsideCopy[] {
  useEffect(() => afterPaint(() => void copies.load()), [copies]);
  return useSyncExternalStore(copies.onChange, copies.offered);
}
