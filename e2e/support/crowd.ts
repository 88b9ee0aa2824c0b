import { stockClient, synced } from "../../apps/server/test/harness/clients";

interface CrowdOptions {
  /** Of the server: `ws://host:port/ws`. */
  readonly socketUrl: string;
  readonly documentId: string;
  readonly names: readonly string[];
}

/** A relative position of Yjs, in JSON. */
const endOfText = { tname: "content" };

/** People with stock Yjs clients, whose carets are at the end of the text. Resolves with what makes them leave. */
export async function joinCrowd({ socketUrl, documentId, names }: CrowdOptions): Promise<() => void> {
  const client = stockClient(socketUrl, documentId);
  const { awareness } = client;
  await synced(client);
  for (const name of names) {
    // One connection may speak for several clients, as a bridge to another server does.
    awareness.clientID++;
    // As clients do that are in the text: a first state, of clock 0, is older than none.
    awareness.setLocalState({ user: { name, color: "#30bced", colorLight: "#30bced33" } });
    awareness.setLocalStateField("cursor", { anchor: endOfText, head: endOfText });
  }
  return () => {
    client.destroy();
    awareness.destroy();
  };
}
