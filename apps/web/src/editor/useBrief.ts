import { useCallback, useEffect, useState } from "react";

const leastMs = 2000;
/** For those who read slowly. */
const letterMs = 70;

/** Words that are shown, after each call of the returned function, which is stable, for as long as reading them takes. */
export function useBrief(): readonly [string | undefined, (words: string) => void] {
  const [shown, setShown] = useState<{ readonly words: string }>();
  useEffect(() => {
    if (shown === undefined) return;
    const durationMs = Math.max(leastMs, letterMs * shown.words.length);
    const timer = setTimeout(() => setShown(undefined), durationMs);
    return () => clearTimeout(timer);
  }, [shown]);
  return [shown?.words, useCallback((words: string) => setShown({ words }), [])];
}
