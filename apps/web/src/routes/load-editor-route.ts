import { isServerThere } from "../ui/is-server-there";

/** The editor's code. Called early, when the page is idle, it makes opening a document instant. */
export function loadEditorRoute() {
  return import("./EditorRoute");
}

/**
 * The editor's code, for a document that was asked for. Where a new release has replaced the files that this page would
 * load, only a new page knows the new names. It is loaded once: where even that has no editor, or there is no server,
 * the promise is rejected.
 */
export async function loadEditorRouteOrRestart() {
  try {
    return await loadEditorRoute();
  } catch (error) {
    if (await isWorthRestarting()) {
      window.location.reload();
      await new Promise<never>(() => undefined);
    }
    throw error;
  }
}

async function isWorthRestarting(): Promise<boolean> {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation?.type !== "reload" && (await isServerThere());
}
