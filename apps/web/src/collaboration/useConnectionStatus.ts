import type { ConnectionStatus, ScriptoriumProvider } from "@scriptorium/provider";
import { useMemo, useSyncExternalStore } from "react";
import { CalmStatus } from "./calm-status";

/** The provider's connection status, as {@link CalmStatus} tells it. */
export function useConnectionStatus(provider: ScriptoriumProvider): ConnectionStatus {
  const status = useMemo(() => new CalmStatus(provider), [provider]);
  return useSyncExternalStore(status.subscribe, status.get);
}
