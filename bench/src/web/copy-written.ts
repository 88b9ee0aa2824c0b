import type { Page } from "playwright-core";

/** Resolves when everything that the page has begun to write to one of its databases is written. */
export function copyWritten(page: Page, database: string): Promise<void> {
  return page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
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
      }),
    database,
  );
}
