import { useState } from "react";

/** Gives the focus back to what had it when this was first rendered; false if that is gone. */
export function useFocusBefore(): () => boolean {
  const [before] = useState(() => document.activeElement);
  return () => {
    if (!(before instanceof HTMLElement) || !before.isConnected || before === document.body) return false;
    before.focus();
    return true;
  };
}
