import { useSyncExternalStore } from "react";
import type { DocumentSettings, SharedSettings } from "./document-settings";

/** What everybody in the document shares besides its text. */
export function useDocumentSettings(settings: SharedSettings): DocumentSettings {
  return useSyncExternalStore(settings.subscribe, settings.get);
}
