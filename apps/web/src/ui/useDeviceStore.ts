import { useContext } from "react";
import { DeviceStoreContext } from "./DeviceStoreContext";
import type { DeviceStore } from "./device-store";

/** What this device remembers. Only below `DeviceStoreContext`. */
export function useDeviceStore(): DeviceStore {
  const store = useContext(DeviceStoreContext);
  if (store === undefined) throw new Error("useDeviceStore is used outside DeviceStoreContext");
  return store;
}
