import type { DeviceStore } from "../ui/device-store";

const key = "insights.shown";

/** Whether this device remembers that the figures stand beside the text. */
export function readInsightsShown(store: DeviceStore): boolean {
  return store.get(key) === "true";
}

export function keepInsightsShown(store: DeviceStore, shown: boolean): void {
  if (shown) store.set(key, "true");
  else store.remove(key);
}
