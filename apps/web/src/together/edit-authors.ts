import type * as Y from "yjs";

/**
 * The clients that wrote what a transaction inserted, by the ids that Yjs gives to all content. Who deleted something
 * Yjs does not say: a transaction that only deletes has no authors here, though somebody did it.
 */
export function insertingClients({ beforeState, afterState }: Y.Transaction): readonly number[] {
  return [...afterState]
    .filter(([client, clock]) => clock > (beforeState.get(client) ?? 0))
    .map(([client]) => client);
}
