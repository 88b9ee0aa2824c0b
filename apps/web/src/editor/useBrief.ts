import { useCallback, useEffect, useState } from "react";

/** Something that is shown for `durationMs` after each call of the returned function, which is stable. */
export function useBrief<Value>(durationMs: number): readonly [Value | undefined, (value: Value) => void] {
  const [shown, setShown] = useState<{ readonly value: Value }>();
  useEffect(() => {
    if (shown === undefined) return;
    const timer = setTimeout(() => setShown(undefined), durationMs);
    return () => clearTimeout(timer);
  }, [shown, durationMs]);
  return [shown?.value, useCallback((value: Value) => setShown({ value }), [])];
}
