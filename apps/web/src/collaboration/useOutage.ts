import type { ConnectionStatus, ScriptoriumProvider } from "@scriptorium/provider";
import { useSyncExternalStore } from "react";

/** What keeps the page from the server. */
export type Outage = Extract<ConnectionStatus, { state: "closed" }> | typeof offline;

const offline = { state: "offline" } as const;

/** Why there is no connection, if there is none. Unlike the status it stays the same while somebody types. */
export function useOutage(provider: ScriptoriumProvider): Outage | undefined {
  return useSyncExternalStore(provider.onStatusChange, () => outageOf(provider.status));
}

function outageOf(status: ConnectionStatus): Outage | undefined {
  if (status.state === "offline") return offline;
  return status.state === "closed" ? status : undefined;
}
