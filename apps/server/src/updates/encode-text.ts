import * as Y from "yjs";

/** An update that inserts `text` into an empty document. Line ends become `\n`, which is all that editors count. */
export function encodeText(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, text.replace(/\r\n?/g, "\n"));
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}
