import { useEffect, useState } from "react";
import { useDeviceStore } from "../../ui/useDeviceStore";
import { useWide } from "./useWide";
import { keepViewMode, nextMode, readViewMode, type ViewMode } from "./view-mode";

interface ViewModeState {
  readonly mode: ViewMode;
  readonly isWide: boolean;
  /** Whether somebody has changed the mode on this page: only then may it take the focus along. */
  readonly changed: boolean;
  readonly choose: (mode: ViewMode) => void;
}

/** The mode of the page, remembered on the device; Mod+Shift+E goes on to the next one, wherever the focus is. */
export function useViewMode(enabled: boolean): ViewModeState {
  const store = useDeviceStore();
  const isWide = useWide();
  const [chosen, setChosen] = useState(() => readViewMode(store));
  const [changed, setChanged] = useState(false);
  // A phone has no room for two: the text comes first.
  const mode = !enabled || (chosen === "both" && !isWide) ? "text" : chosen;
  const choose = (next: ViewMode) => {
    keepViewMode(store, next);
    setChosen(next);
    setChanged(true);
  };
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isViewShortcut(event)) return;
      event.preventDefault();
      event.stopPropagation();
      choose(nextMode(mode, isWide));
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  });
  return { mode, isWide, changed, choose };
}

function isViewShortcut({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return shiftKey && !altKey && ctrlKey !== metaKey && key.toLowerCase() === "e";
}
