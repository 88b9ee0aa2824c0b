import type { ConnectionStatus, ScriptoriumProvider } from "@scriptorium/provider";
import { useSyncExternalStore } from "react";

/** The provider's connection status. */
export function useConnectionStatus(provider: ScriptoriumProvider): ConnectionStatus {
  return useSyncExternalStore(provider.onStatusChange, () => provider.status);
}
