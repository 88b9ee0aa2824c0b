import { isServerThere } from "../ui/is-server-there";

/**
 * Loads the code of a page that was asked for. Where a new release has replaced the files that this page would load,
 * only a new page knows the new names. It is loaded once: where even that cannot have them, or there is no server, the
 * promise is rejected.
 */
export async function orRestart<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
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
