import * as z from "zod/mini";
import { endOf, openDatabase, resultOf } from "./database";
import type { SetAsideCopy } from "./set-aside-copies";

const storeName = "copies";

const copySchema = z.object({
  id: z.string(),
  documentId: z.string(),
  title: z.string(),
  text: z.string(),
  setAsideAtMs: z.number(),
  offered: z.boolean(),
});

/** The copies of a document. Those that are damaged are left out. */
export async function list(documentId: string): Promise<readonly SetAsideCopy[]> {
  const all = await inStore<unknown[]>("readonly", (store) => store.getAll());
  return all
    .map((kept) => copySchema.safeParse(kept))
    .flatMap(({ data }) => data ?? [])
    .filter((copy) => copy.documentId === documentId);
}

export async function put(copy: SetAsideCopy): Promise<void> {
  await inStore("readwrite", (store) => store.put(copy));
}

export async function remove(id: string): Promise<void> {
  await inStore("readwrite", (store) => store.delete(id));
}

/** Acts on the copies of all documents, which are in a database of their own. */
async function inStore<Result>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await openDatabase("scriptorium-set-aside", (created) => {
    created.createObjectStore(storeName, { keyPath: "id" });
  });
  try {
    const transaction = database.transaction(storeName, mode);
    const [result] = await Promise.all([
      resultOf(act(transaction.objectStore(storeName))),
      endOf(transaction),
    ]);
    return result;
  } finally {
    database.close();
  }
}
