import type { Extension } from "@codemirror/state";
import { useEffect, useMemo, useState } from "react";

type Module = typeof import("./completion");

/** The completion of words and brackets. Loaded once the text is there, which can do without it for a moment. */
export function useCompletion(whileTyping: boolean, pairsBrackets: boolean): Extension {
  const [module, setModule] = useState<Module>();
  useEffect(() => {
    import("./completion").then(setModule, () => undefined);
  }, []);
  return useMemo(
    () =>
      module === undefined ? [] : [module.completion(whileTyping), pairsBrackets ? module.bracketPairs : []],
    [module, whileTyping, pairsBrackets],
  );
}
