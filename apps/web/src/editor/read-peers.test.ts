import { expect, test } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { readPeers } from "./read-peers";

function awarenessOf(content: string) {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, content);
  const awareness = new Awareness(doc);
  const at = (index: number) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index));
  return { awareness, text, at };
}

test("finds a caret where the text around it has moved to", () => {
  const { awareness, text, at } = awarenessOf("one two");
  awareness.getStates().set(7, { user: { name: "Grace" }, cursor: { anchor: at(4), head: at(7) } });
  text.insert(0, "zero ");
  expect(readPeers(awareness, text)).toMatchObject([
    { clientId: 7, person: { name: "Grace" }, anchor: 9, head: 12 },
  ]);
  awareness.destroy();
});

test("leaves out oneself, whoever has no caret, and whatever is no position", () => {
  const { awareness, text, at } = awarenessOf("one two");
  awareness.setLocalState({ cursor: { anchor: at(0), head: at(0) } });
  const other = new Y.Doc().getText("content");
  other.insert(0, "elsewhere");
  const elsewhere = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(other, 3));
  const cursors = [
    null,
    7,
    { anchor: "x", head: "y" },
    { anchor: { item: 3 }, head: {} },
    { anchor: elsewhere, head: elsewhere },
  ];
  for (const [index, cursor] of cursors.entries()) awareness.getStates().set(100 + index, { cursor });
  expect(readPeers(awareness, text)).toEqual([]);
  awareness.destroy();
});
