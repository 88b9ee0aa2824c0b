import fc from "fast-check";
import * as Y from "yjs";

/** One act of one of several authors. Numbers are reduced to what the text allows. */
export interface Edit {
  readonly author: number;
  readonly act: "insert" | "delete" | "hear";
  readonly at: number;
  readonly length: number;
  /** Whom the author hears of, for "hear". */
  readonly other: number;
}

const anyEdit = (acts: readonly Edit["act"][]): fc.Arbitrary<Edit> =>
  fc.record({
    author: fc.nat(2),
    act: fc.constantFrom(...acts),
    at: fc.nat(1000),
    length: fc.integer({ min: 1, max: 5 }),
    other: fc.nat(2),
  });

/** Edits by three authors who hear of each other now and then. */
export const editsTogether = fc.array(anyEdit(["insert", "insert", "delete", "hear"]), {
  minLength: 1,
  maxLength: 40,
  size: "max",
});

/** Edits by three authors who never hear of each other, so that their updates can come in any order. */
export const editsApart = fc.array(anyEdit(["insert", "insert", "delete"]), {
  minLength: 1,
  maxLength: 30,
  size: "max",
});

/** Performs the edits. Each update follows, in the result's order, on all that it depends on. */
export function updatesOf(edits: readonly Edit[]): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const authors = [1, 2, 3].map((clientId) => {
    const doc = new Y.Doc();
    doc.clientID = clientId;
    doc.on("update", (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local) updates.push(update);
    });
    return doc;
  });
  for (const edit of edits) {
    const doc = authors[edit.author];
    const other = authors[edit.other];
    if (doc !== undefined && other !== undefined) perform(edit, doc, other);
  }
  return updates;
}

function perform({ act, at, length }: Edit, doc: Y.Doc, other: Y.Doc): void {
  const text = doc.getText("content");
  if (act === "insert") text.insert(at % (text.length + 1), "abcde".slice(0, length));
  if (act === "delete" && text.length > 0) {
    const from = at % text.length;
    text.delete(from, Math.min(length, text.length - from));
  }
  if (act === "hear") Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)));
}

export function docOf(updates: Iterable<Uint8Array>): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

/** All that a replica holds, comparable. */
export interface Content {
  readonly text: string;
  /** The state vector. */
  readonly clocks: readonly (readonly [client: number, clock: number])[];
  readonly deletes: readonly (readonly [client: number, ranges: readonly { clock: number; len: number }[]])[];
  /** Whether anything waits for something that is missing. */
  readonly waits: boolean;
}

export function contentOf(doc: Y.Doc): Content {
  const { sv, ds } = Y.snapshot(doc);
  return {
    text: doc.getText("content").toString(),
    clocks: [...sv].sort(([a], [b]) => a - b),
    deletes: [...ds.clients].sort(([a], [b]) => a - b),
    waits: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
  };
}
