import type { Page } from "@playwright/test";

/** Resolves when this browser has installed the application: the next page is the service worker's, with all its parts. */
export function installed(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active === null || active.state === "activated") return;
    await new Promise((resolve) => active.addEventListener("statechange", resolve, { once: true }));
  });
}
