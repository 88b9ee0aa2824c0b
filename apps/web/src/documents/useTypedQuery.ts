import { useEffect, useRef, useState } from "react";
import { useSettled } from "../ui/useSettled";
import type { ListChoice } from "./list-choice";

/** What is typed into the search box: shows at once, and is in the address once it has settled. */
export function useTypedQuery(
  { query }: ListChoice,
  choose: (change: Partial<ListChoice>) => void,
): readonly [string, (typed: string) => void] {
  const [typed, setTyped] = useState(query);
  const settled = useSettled(typed, 300);
  const written = useRef(query);
  useEffect(() => {
    if (settled.trim() === written.current || settled !== typed) return;
    written.current = settled.trim();
    choose({ query: written.current });
  }, [settled, typed, choose]);
  useEffect(() => {
    // Somebody went back or forward.
    if (query === written.current) return;
    written.current = query;
    setTyped(query);
  }, [query]);
  return [typed, setTyped];
}
