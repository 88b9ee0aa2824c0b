/** Whether the page is dark: by the theme that is chosen, or else by the system's. */
export function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? systemIsDark().matches : theme === "dark";
}

/** @param onChange called when the page may have become dark or light @returns how to stop that */
export function watchDarkness(onChange: () => void): () => void {
  const chosen = new MutationObserver(onChange);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = systemIsDark();
  system.addEventListener("change", onChange);
  return () => {
    chosen.disconnect();
    system.removeEventListener("change", onChange);
  };
}

function systemIsDark(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}
