import { useEffect, useState } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import { listOnlyHere, type OnlyHere } from "./only-here";

const everyMs = 2000;

/** What is only on this device. Edits that are on their way, from another tab say, are left out. */
export function useOnlyHere(): readonly OnlyHere[] {
  const store = useDeviceStore();
  const [[shown], setRead] = useState(() => {
    const read = listOnlyHere(store);
    return [read, read] as const;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      setRead(([, before]) => {
        const now = listOnlyHere(store);
        return [now.filter(({ id }) => before.some((other) => other.id === id)), now];
      });
    }, everyMs);
    return () => clearInterval(timer);
  }, [store]);
  return shown;
}
