import { underBase } from "./base-path";

/**
 * Lets the pages open without the network. Browsers offer service workers to HTTPS and to localhost only: elsewhere
 * the product works, but not offline from the first byte.
 */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // Without it nothing but offline loading is lost, and the next visit tries again.
  navigator.serviceWorker.register(underBase("/sw.js")).catch(() => undefined);
}
