import type { Extension } from "@codemirror/state";
import { useEffect, useMemo, useState } from "react";
import { afterPaint } from "../ui/after-paint";

type Module = typeof import("./completion");

/** The completion of words and brackets. Loaded once the text is on the screen, which can do without it for a moment. */
export function useCompletion(begun: boolean, whileTyping: boolean, pairsBrackets: boolean): Extension {
  const [module, setModule] = useState<Module>();
  useEffect(() => {
    if (begun) return afterPaint(() => void import("./completion").then(setModule, () => undefined));
  }, [begun]);
  return useMemo(
    () =>
      module === undefined ? [] : [module.completion(whileTyping), pairsBrackets ? module.bracketPairs : []],
    [module, whileTyping, pairsBrackets],
  );
}
