import type { ScriptoriumProvider } from "@scriptorium/provider";
import { expect } from "vitest";
import type { WebsocketProvider } from "y-websocket";
import { converged, ownClient, reached, stockClient, synced, textOf } from "./clients";
import type { ServerProcess } from "./server-process";

/** Two who only want to write, one of them with a stock client, while others misbehave in the same room. */
export class HonestPair {
  readonly own: ScriptoriumProvider;
  readonly stock: WebsocketProvider;
  readonly #server: ServerProcess;
  readonly #documentId: string;
  #written = 0;

  private constructor(server: ServerProcess, documentId: string) {
    this.#server = server;
    this.#documentId = documentId;
    this.own = ownClient(server.socketUrl, documentId);
    this.stock = stockClient(server.socketUrl, documentId);
  }

  static async join(server: ServerProcess, documentId: string): Promise<HonestPair> {
    const pair = new HonestPair(server, documentId);
    await Promise.all([reached(pair.own, "saved"), synced(pair.stock)]);
    return pair;
  }

  /** Edits that the two made. */
  get written(): number {
    return this.#written;
  }

  /** Both type; then both have both edits, and so has the server's disk. */
  async write(): Promise<void> {
    this.type();
    await converged([this.own.doc, this.stock.doc]);
    await reached(this.own, "saved");
    // The stock client's edit was in the log before one more of ours.
    this.own.doc.getText("content").insert(0, `‹own:${this.#written++}›`);
    await reached(this.own, "saved");
    await converged([this.own.doc, this.stock.doc]);
    expect(await this.#server.text(this.#documentId)).toBe(textOf(this.own.doc));
  }

  /** Both type, and nobody waits for anything. */
  type(): void {
    this.own.doc.getText("content").insert(0, `‹own:${this.#written++}›`);
    this.stock.doc.getText("content").insert(0, `‹stock:${this.#written++}›`);
  }

  leave(): void {
    this.own.destroy();
    this.stock.destroy();
  }
}
