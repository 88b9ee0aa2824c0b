import type { DeviceStore } from "../../ui/device-store";

/** What stands on the page: the text, the text and its preview, or the preview. */
export const viewModes = ["text", "both", "preview"] as const;
export type ViewMode = (typeof viewModes)[number];

const key = "markdown.view";

export function readViewMode(store: DeviceStore): ViewMode {
  const stored = store.get(key);
  return viewModes.find((mode) => mode === stored) ?? "text";
}

export function keepViewMode(store: DeviceStore, mode: ViewMode): void {
  store.set(key, mode);
}

/** The modes that a page has room for. */
export function modesFor(isWide: boolean): readonly ViewMode[] {
  return isWide ? viewModes : viewModes.filter((mode) => mode !== "both");
}

/** The mode after `mode`, as the shortcut goes through them. */
export function nextMode(mode: ViewMode, isWide: boolean): ViewMode {
  const modes = modesFor(isWide);
  return modes[(modes.indexOf(mode) + 1) % modes.length] ?? "text";
}
