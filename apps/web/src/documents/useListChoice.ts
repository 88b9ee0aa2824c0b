import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { pagePath } from "../base-path";
import { useDeviceStore } from "../ui/useDeviceStore";
import { addressOf, type ListChoice, readChoice, rememberChoice } from "./list-choice";

/** What is chosen of the documents, and how to choose something else. Back and forward go through the choices. */
export function useListChoice(): readonly [ListChoice, (change: Partial<ListChoice>) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const store = useDeviceStore();
  const choice = useMemo(() => readChoice(search, store), [search, store]);
  const choose = useCallback(
    (change: Partial<ListChoice>) => {
      const next = { ...choice, ...change };
      rememberChoice(next, store);
      // A query may settle in the moment in which a document is opened: that leads on, and nothing leads back.
      if (pagePath() !== "/") return;
      // Going back passes over the letters of a query.
      navigate(addressOf(next), { replace: change.query !== undefined });
    },
    [choice, navigate, store],
  );
  return [choice, choose];
}
