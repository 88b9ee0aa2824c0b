import { useSyncExternalStore } from "react";
import { applyTheme, readTheme, type Theme } from "./theme";
import { useDeviceStore } from "./useDeviceStore";

/** The chosen theme, and how to choose another. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const store = useDeviceStore();
  const theme = useSyncExternalStore(subscribe, () => readTheme(store));
  return [theme, (next) => applyTheme(next, store, document)];
}

/** Whoever chooses a theme, it is applied to the root. */
function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
