import { createContext } from "react";
import type { DeviceStore } from "./device-store";

export const DeviceStoreContext = createContext<DeviceStore | undefined>(undefined);
