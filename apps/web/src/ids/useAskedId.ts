import { useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import { useSettled } from "../ui/useSettled";

/** The text to be explained, which the address names, too: `?id=`. It follows what is typed when that pauses. */
export function useAskedId(): [string, (text: string) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("id") ?? "";
  const [known, setKnown] = useState(asked);
  const [text, setText] = useState(asked);
  if (asked !== known) {
    // Somebody went to another address, or this is what was typed.
    setKnown(asked);
    setText(asked);
  }
  const settled = useSettled(text, 300);
  useEffect(() => {
    if (settled !== text || settled === asked) return;
    setSearch(settled === "" ? {} : { id: settled }, { replace: true });
  }, [settled, text, asked, setSearch]);
  return [text, setText];
}
