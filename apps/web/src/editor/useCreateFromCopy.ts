import type { SetAsideCopies, SetAsideCopy } from "../collaboration/set-aside-copies";
import { strings } from "../ui/strings";
import { useCreateWithText } from "./useCreateWithText";

/** Makes a copy a document, opens that, and lets go of the copy. */
export function useCreateFromCopy(copies: SetAsideCopies) {
  return useCreateWithText<SetAsideCopy>(strings.setAside.title, ({ id }) => copies.remove(id));
}
