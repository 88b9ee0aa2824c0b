import * as Y from "yjs";

/** A document of client 1, which {@link poison} is made for. */
export function poisonable(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getText("content").insert(0, "hello world");
  return Y.encodeStateAsUpdate(doc);
}

// Updates that Yjs decodes, and that throw when they are applied behind the one above. All were found by fuzzing.

/** Client 2 inserts "ab" to the left of its own clock 5, which does not exist. */
export const poison: Uint8Array = Uint8Array.of(1, 1, 2, 0, 196, 1, 4, 2, 5, 2, 97, 98, 0);

/** Client 2 sets a key of a map that its own clock 11 would make. */
export const forwardParent: Uint8Array = Uint8Array.of(
  ...[1, 2, 2, 0, 7, 1, 1, 97, 1, 40, 0, 2, 11, 1, 97, 1, 125, 11, 0],
);

/** Client 2 makes a map, and behind it something of length 0. */
export const emptyStruct: Uint8Array = Uint8Array.of(
  ...[1, 2, 2, 0, 7, 1, 1, 97, 1, 128, 0, 2, 0, 1, 97, 88, 136, 1, 0],
);
