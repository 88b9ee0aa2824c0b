import { useEffect, useState } from "react";

/**
 * Whether `active` has lasted for `delayMs`. Nothing that says "wait" is shown sooner: a flash of it is slower to
 * read than the thing it stands for.
 */
export function useLate(active: boolean, delayMs = 300): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setLate(true), delayMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [active, delayMs]);
  return active && late;
}
