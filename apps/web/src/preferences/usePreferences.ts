import { useEffect, useState, useSyncExternalStore } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import { PreferenceStore } from "./preference-store";
import type { Preferences } from "./preferences";

/** How this person likes to see and write any text, and where to change it. Follows other tabs. */
export function usePreferences(): readonly [Preferences, PreferenceStore] {
  const store = useDeviceStore();
  const [preferences] = useState(() => new PreferenceStore(store));
  useEffect(() => {
    // The browser tells of what other tabs store, and only of that.
    window.addEventListener("storage", preferences.readAgain);
    return () => window.removeEventListener("storage", preferences.readAgain);
  }, [preferences]);
  return [useSyncExternalStore(preferences.subscribe, preferences.get), preferences];
}
