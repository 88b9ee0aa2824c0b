import { useSyncExternalStore } from "react";
import type { DocumentSession, SessionState } from "./document-session";

export function useSessionState(session: DocumentSession): SessionState {
  return useSyncExternalStore(session.onStateChange, session.state);
}
