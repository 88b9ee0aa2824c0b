import { useEffect } from "react";
import { isPaletteKey } from "../commands/palette-key";
import { isMac } from "../ui/is-mac";

/** Has the palette's keys do `onPress`, which is stable, wherever the focus is. */
export function usePaletteKey(onPress: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !isPaletteKey(event, isMac())) return;
      event.preventDefault();
      onPress();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [onPress]);
}
