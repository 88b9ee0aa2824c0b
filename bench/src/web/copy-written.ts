import type { Page } from "playwright-core";

/** Resolves when everything that arrived in the page is written to one of its databases: that begins behind its paint. */
export function copyWritten(page: Page, database: string): Promise<void> {
  return page.evaluate(async (name) => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const stores = [...opening.result.objectStoreNames];
        // Transactions that share a store run in the order in which they were begun.
        const behind = opening.result.transaction(stores, "readwrite");
        behind.oncomplete = () => {
          opening.result.close();
          resolve();
        };
        behind.onabort = () => reject(behind.error);
      };
    });
  }, database);
}
