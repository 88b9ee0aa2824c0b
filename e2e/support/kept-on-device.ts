import type { Page } from "@playwright/test";

/**
 * Resolves when all that was written in this page is in its documents' databases: that begins behind its paint, and
 * transactions keep their order.
 */
export function keptOnDevice(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      if (database.objectStoreNames.contains("updates")) {
        await new Promise((resolve) => {
          const reading = database.transaction("updates");
          reading.oncomplete = resolve;
          reading.objectStore("updates").count();
        });
      }
      database.close();
    }
  });
}
