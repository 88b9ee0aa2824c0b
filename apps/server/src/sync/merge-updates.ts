import * as Y from "yjs";

/** One update with the effect of all, which follow on one another. Undefined if they cannot be merged. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array | undefined {
  const [first] = updates;
  if (updates.length === 1) return first;
  try {
    return Y.mergeUpdates(updates as Uint8Array[]);
  } catch {
    return undefined;
  }
}
