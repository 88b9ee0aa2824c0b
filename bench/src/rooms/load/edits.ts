import { emptyUpdate } from "@scriptorium/protocol";
import * as Y from "yjs";
import { applyPatches, readTrace, type SequentialTrace } from "../../../../apps/server/test/harness/traces";

/** What one Yjs client types, edit by edit. */
export interface Edits {
  readonly client: number;
  readonly updates: readonly Uint8Array[];
  /** Clock of the client behind each edit. Edits that only delete do not move it. */
  readonly clocks: Uint32Array;
}

/** Client IDs are random 32-bit numbers; these are as large as most. */
const firstClient = 0x9a3b_0000;
const lettersPerLine = 60;

const typed = new Map<number, Edits>();

/** So many characters or more, each an edit of its own, as the writer of that number types them. Made once. */
export function typedCharacters(writer: number, count: number): Edits {
  const known = typed.get(writer);
  if (known !== undefined && known.updates.length >= count) return known;
  const edits = record(firstClient + writer, (text) => {
    for (let i = 0; i < count; i++) {
      text.insert(i, i % lettersPerLine === 0 ? "\n" : String.fromCharCode(97 + (i % 26)));
    }
  });
  typed.set(writer, edits);
  return edits;
}

interface Paper {
  readonly edits: Edits;
  /** What they end with, … */
  readonly text: string;
  /** … and all of the document, as one update. */
  readonly state: Uint8Array;
}

const papers = new Map<number, Paper>();

/** The editing of a real paper, or the first share of it. Made once. */
export function paper(share = 1): Paper {
  const known = papers.get(share);
  if (known !== undefined) return known;
  const { txns } = readTrace<SequentialTrace>("automerge-paper");
  const taken = txns.slice(0, Math.ceil(txns.length * share));
  let text = "";
  let state: Uint8Array = emptyUpdate;
  const edits = record(firstClient, (content, doc) => {
    for (const { patches } of taken) doc.transact(() => applyPatches(content, patches));
    text = content.toString();
    state = Y.encodeStateAsUpdate(doc);
  });
  const made = { edits, text, state };
  papers.set(share, made);
  return made;
}

function record(client: number, type: (text: Y.Text, doc: Y.Doc) => void): Edits {
  const doc = new Y.Doc();
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  const clocks: number[] = [];
  doc.on("update", (update: Uint8Array) => {
    updates.push(update);
    clocks.push(Y.getState(doc.store, client));
  });
  type(doc.getText("content"), doc);
  doc.destroy();
  return { client, updates, clocks: Uint32Array.from(clocks) };
}
