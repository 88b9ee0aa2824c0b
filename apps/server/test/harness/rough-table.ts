import type { ScriptoriumProvider } from "@scriptorium/provider";
import type { PRNG } from "lib0/prng";
import * as prng from "lib0/prng";
import { expect } from "vitest";
import type { WebsocketProvider } from "y-websocket";
import type * as Y from "yjs";
import { Edits } from "./acknowledged-edits";
import { converged, ownClient, reached, stockClient, synced, textOf } from "./clients";
import type { ServerProcess } from "./server-process";

/** Length about which the text levels off. */
const textLength = 400;
/** One and two UTF-16 units to a character, characters that join with others, and both directions of writing. */
const words = [
  "a",
  "edit ",
  "ß",
  "\n",
  "日本",
  "e\u0301",
  "👩‍🚀",
  "𝔘",
  "שלום",
  "\u0000",
  "‹long›".repeat(200),
];

/** Clients of ours and stock clients who write in one document, and what ours were told is saved. */
export class RoughTable {
  /** Edits of our clients that one of them said to be saved. */
  readonly promised = new Edits();
  /** Rejects when the server turns a client away for good. */
  readonly failed: Promise<never>;
  #fail: (error: Error) => void = () => {};
  readonly #documentId: string;
  readonly #own: ScriptoriumProvider[];
  readonly #stock: WebsocketProvider[];

  constructor(socketUrl: string, documentId: string, clients: { own: number; stock: number }) {
    this.#documentId = documentId;
    this.failed = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    // Whoever awaits it learns of it; nobody need.
    this.failed.catch(() => {});
    this.#own = Array.from({ length: clients.own }, () => ownClient(socketUrl, documentId));
    this.#stock = Array.from({ length: clients.stock }, () => stockClient(socketUrl, documentId));
    for (const client of this.#own) this.#believe(client);
    for (const client of this.#stock) {
      client.on("connection-close", (event: { code: number; reason: string } | null) => {
        if (event !== null && event.code >= 4000) this.#fail(new Error(`${event.code} ${event.reason}`));
      });
    }
  }

  get docs(): Y.Doc[] {
    return [...this.#own, ...this.#stock].map(({ doc }) => doc);
  }

  /** What a newcomer gets holds every edit that one of our clients said to be saved. */
  async audit(server: ServerProcess): Promise<void> {
    const newcomer = stockClient(server.socketUrl, this.#documentId);
    await synced(newcomer);
    expect(this.promised.missingFrom(Edits.of(newcomer.doc))).toEqual([]);
    expect(await server.text(this.#documentId)).toBe(textOf(newcomer.doc));
    newcomer.destroy();
  }

  /** All replicas become equal and saved; the server's text is theirs. To be called once the network is calm. */
  async compare(server: ServerProcess): Promise<void> {
    await converged(this.docs);
    // What stock clients typed was in the log before these.
    for (const { doc } of this.#own) doc.getText("content").insert(0, "‹last›");
    await Promise.all(this.#own.map((client) => reached(client, "saved")));
    await converged(this.docs);
    const text = await server.text(this.#documentId);
    for (const doc of this.docs) expect(textOf(doc)).toBe(text);
    for (const doc of this.docs) this.promised.addAll(Edits.of(doc));
  }

  leave(): void {
    for (const client of [...this.#own, ...this.#stock]) client.destroy();
  }

  #believe(client: ScriptoriumProvider): void {
    let typed = new Edits();
    client.doc.on("update", (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local) typed.add(update);
    });
    client.onStatusChange(() => {
      const { status } = client;
      if (status.state === "closed") this.#fail(new Error(`${status.code} ${status.reason}`));
      if (client.unsavedEdits > 0) return;
      this.promised.addAll(typed);
      typed = new Edits();
    });
  }
}

/** Makes one edit at a random place: characters may be torn apart, as editors do by mistake. */
export function editAtRandom(doc: Y.Doc, random: PRNG): void {
  const text = doc.getText("content");
  const at = prng.int32(random, 0, text.length);
  if (prng.int32(random, 0, 2 * textLength) < text.length) {
    text.delete(at, Math.min(prng.int32(random, 1, 30), text.length - at));
  } else {
    text.insert(at, prng.oneOf(random, words));
  }
}
