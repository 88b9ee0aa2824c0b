import { useCallback, useEffect, useState } from "react";

/** Something that is shown for `durationMs` after each call of the returned function, which is stable. */
export function useBrief(durationMs: number): readonly [boolean, () => void] {
  const [calls, setCalls] = useState(0);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (calls === 0) return;
    setShown(true);
    const timer = setTimeout(() => setShown(false), durationMs);
    return () => clearTimeout(timer);
  }, [calls, durationMs]);
  return [shown, useCallback(() => setCalls((count) => count + 1), [])];
}
