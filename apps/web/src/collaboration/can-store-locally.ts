const probeName = "scriptorium-probe";

let answer: Promise<boolean> | undefined;

/** Whether this browser lets the page keep a database; private windows and strict settings may not. Found out once. */
export function canStoreLocally(): Promise<boolean> {
  answer ??= probe();
  return answer;
}

function probe(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(probeName);
      opening.onsuccess = () => {
        opening.result.close();
        resolve(true);
      };
      opening.onerror = () => resolve(false);
      opening.onblocked = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
}
