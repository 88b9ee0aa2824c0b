import type { DeviceStore } from "./device-store";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The theme that comes after this one, the first after the last. */
export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
}

const paper = { light: "#faf7f1", dark: "#171410" } as const;

/** The remembered theme. Key and values are known to public/start.js too, which runs before the first paint. */
export function readTheme(store: DeviceStore): Theme {
  const stored = store.get("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** Remembers `theme` and applies it to `document`: the root's attribute and the colour of the browser's own chrome. */
export function applyTheme(theme: Theme, store: DeviceStore, document: Document): void {
  if (theme === "system") {
    store.remove("theme");
    delete document.documentElement.dataset.theme;
  } else {
    store.set("theme", theme);
    document.documentElement.dataset.theme = theme;
  }
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes("dark") ? "dark" : "light";
    meta.content = paper[theme === "system" ? own : theme];
  }
}
