import { expect, test } from "vitest";
import * as Y from "yjs";
import { insertingClients } from "./edit-authors";

function replica(clientId: number) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  return { doc, text: doc.getText("content") };
}

function authorsOf(doc: Y.Doc, receive: () => void): (readonly number[])[] {
  const seen: (readonly number[])[] = [];
  const note = (transaction: Y.Transaction) => seen.push(insertingClients(transaction));
  doc.on("beforeObserverCalls", note);
  receive();
  doc.off("beforeObserverCalls", note);
  return seen;
}

test("names who wrote what was inserted, whoever hands it over", () => {
  const [ada, grace, reader] = [replica(1), replica(2), replica(3)];
  ada.text.insert(0, "mine ");
  Y.applyUpdate(grace.doc, Y.encodeStateAsUpdate(ada.doc));
  grace.text.insert(5, "hers");
  // Grace hands over Ada's words with her own.
  const both = Y.encodeStateAsUpdate(grace.doc);
  expect(authorsOf(reader.doc, () => Y.applyUpdate(reader.doc, both))).toEqual([
    expect.arrayContaining([1, 2]),
  ]);
});

test("names nobody for a deletion, which may be anybody's", () => {
  const [ada, grace, reader] = [replica(1), replica(2), replica(3)];
  ada.text.insert(0, "mine");
  for (const { doc } of [grace, reader]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(ada.doc));
  grace.text.delete(0, 2);
  const deletion = Y.encodeStateAsUpdate(grace.doc, Y.encodeStateVector(ada.doc));
  expect(authorsOf(reader.doc, () => Y.applyUpdate(reader.doc, deletion))).toEqual([[]]);
});
