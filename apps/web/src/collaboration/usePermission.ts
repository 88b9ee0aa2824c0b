import type { Permission, ScriptoriumProvider } from "@scriptorium/provider";
import { useSyncExternalStore } from "react";

/** What the server lets this client do with the text. */
export function usePermission(provider: ScriptoriumProvider): Permission {
  return useSyncExternalStore(provider.onPermissionChange, () => provider.permission);
}
