import { useState } from "react";
import { applyTheme, readTheme, type Theme } from "./theme";
import { useDeviceStore } from "./useDeviceStore";

/** The chosen theme, and how to choose another. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const store = useDeviceStore();
  const [theme, setTheme] = useState(() => readTheme(store));
  const choose = (next: Theme) => {
    applyTheme(next, store, document);
    setTheme(next);
  };
  return [theme, choose];
}
