import type { ScriptoriumProvider } from "@scriptorium/provider";
import type { PRNG } from "lib0/prng";
import { expect } from "vitest";
import type { WebsocketProvider } from "y-websocket";
import type * as Y from "yjs";
import { AcknowledgedEdits, Edits } from "./acknowledged-edits";
import { converged, ownClient, reached, statusChanged, stockClient, synced, textOf } from "./clients";
import { RandomWriter } from "./random-writer";
import type { ServerProcess } from "./server-process";

/** Edits that a writer piles up at most while the server has not taken them. */
const backlogMax = 100;

/** Some who write in one document: clients of ours, whose acknowledgements are recorded, and a stock client. */
export class WritingTable {
  readonly acknowledged = new AcknowledgedEdits();
  readonly #documentId: string;
  readonly #own: readonly OwnWriter[];
  readonly #stock: WebsocketProvider;
  readonly #writers: readonly RandomWriter[];

  constructor(socketUrl: string, documentId: string, random: PRNG, ownClients: number) {
    this.#documentId = documentId;
    const WebSocketPolyfill = this.acknowledged.recordingWebSocket();
    this.#own = Array.from({ length: ownClients }, () => {
      const client = ownClient(socketUrl, documentId, { WebSocketPolyfill });
      return new OwnWriter(client, this.acknowledged);
    });
    this.#stock = stockClient(socketUrl, documentId);
    this.#writers = [
      ...this.#own.map(({ client }, index) => {
        const blocked = () => (client.unsavedEdits < backlogMax ? undefined : statusChanged(client));
        return new RandomWriter({ name: `own ${index}`, doc: client.doc, random, blocked });
      }),
      stockWriter(this.#stock, random),
    ];
  }

  start(): void {
    for (const writer of this.#writers) writer.start();
  }

  /** What a newcomer gets holds every edit that was ever acknowledged. */
  async audit(server: ServerProcess): Promise<void> {
    const newcomer = stockClient(server.socketUrl, this.#documentId);
    await synced(newcomer);
    expect(this.acknowledged.edits.missingFrom(Edits.of(newcomer.doc))).toEqual([]);
    expect(await server.text(this.#documentId)).toBe(textOf(newcomer.doc));
    newcomer.destroy();
  }

  /** All stop typing; then all replicas and the server's text are equal, and everybody says "saved". */
  async compare(server: ServerProcess): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.stop()));
    await Promise.all([synced(this.#stock), ...this.#own.map(({ client }) => reached(client, "saved"))]);
    const docs = this.#writers.map(({ doc }) => doc);
    await converged(docs);
    // Stock clients do not know what is on the disk. An edit behind all of theirs does: when it is saved, so are they.
    this.#writers[0]?.type();
    await converged(docs);
    await Promise.all(this.#own.map(({ client }) => reached(client, "saved")));
    const text = await server.text(this.#documentId);
    for (const doc of docs) expect(textOf(doc)).toBe(text);
    for (const { client, lies } of this.#own) {
      expect(client.unsavedEdits).toBe(0);
      expect(lies).toEqual([]);
    }
  }

  async leave(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.stop()));
    for (const { client } of this.#own) client.destroy();
    this.#stock.destroy();
  }
}

/** A client of ours whose word is not taken for it: "saved" must mean that all its own edits were acknowledged. */
class OwnWriter {
  readonly client: ScriptoriumProvider;
  /** Edits that were not acknowledged when the status was "saved". */
  readonly lies: string[] = [];

  constructor(client: ScriptoriumProvider, acknowledged: AcknowledgedEdits) {
    this.client = client;
    let typed = new Edits();
    client.doc.on(
      "update",
      (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
        if (transaction.local) typed.add(update);
      },
    );
    client.onStatusChange(() => {
      if (client.status.state !== "saved") return;
      this.lies.push(...typed.missingFrom(acknowledged.edits));
      typed = new Edits();
    });
  }
}

/** A stock client does not know what waits: all that it typed since it was last in step. */
function stockWriter(client: WebsocketProvider, random: PRNG): RandomWriter {
  let typedInStep = 0;
  const writer: RandomWriter = new RandomWriter({
    name: "stock",
    doc: client.doc,
    random,
    blocked: () => {
      if (client.synced) typedInStep = writer.typed;
      return writer.typed - typedInStep < backlogMax ? undefined : synced(client);
    },
  });
  return writer;
}
