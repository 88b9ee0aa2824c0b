import { useState } from "react";
import { type DeviceStore, openDeviceStore } from "../ui/device-store";

const key = "operator.token";

/** The operator's token, which this tab knows until it is closed. */
export function useOperatorToken(): [string | undefined, (token: string | undefined) => void] {
  const [store] = useState((): DeviceStore => openDeviceStore(() => window.sessionStorage));
  const [token, setToken] = useState(() => store.get(key));
  const keep = (given: string | undefined) => {
    if (given === undefined) store.remove(key);
    else store.set(key, given);
    setToken(given);
  };
  return [token, keep];
}
