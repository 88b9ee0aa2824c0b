import { useCallback, useEffect, useMemo, useState } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import { addStar, listStars, removeStar, type Star } from "./stars";

export interface Stars {
  readonly list: readonly Star[];
  has(id: string): boolean;
  toggle(document: { readonly id: string; readonly title: string }): void;
}

/** The documents starred on this device, by any tab. */
export function useStars(): Stars {
  const store = useDeviceStore();
  const [list, setList] = useState(() => listStars(store));
  const readAgain = useCallback(() => setList(listStars(store)), [store]);
  useEffect(() => {
    window.addEventListener("storage", readAgain);
    return () => window.removeEventListener("storage", readAgain);
  }, [readAgain]);
  return useMemo(() => {
    const ids = new Set(list.map(({ id }) => id));
    return {
      list,
      has: (id) => ids.has(id),
      toggle: ({ id, title }) => {
        if (ids.has(id)) removeStar(store, id);
        else addStar(store, { id, title, starredAtMs: Date.now() });
        readAgain();
      },
    };
  }, [list, readAgain, store]);
}
