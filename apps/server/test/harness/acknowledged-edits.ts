import { MessageType, readDurable, SyncType } from "@scriptorium/protocol";
import * as decoding from "lib0/decoding";
import { WebSocket } from "ws";
import * as Y from "yjs";

/** What a replica holds of one Yjs client: so many structs, and which of them are deleted. */
interface Content {
  clock: number;
  readonly deleted: boolean[];
}

/** A set of edits, down to the single character: as told by updates, or as held by a document. */
export class Edits {
  readonly #clients = new Map<number, Content>();

  static of(doc: Y.Doc): Edits {
    const edits = new Edits();
    edits.add(Y.encodeStateAsUpdate(doc));
    return edits;
  }

  /** Adds what `update` brings, whatever it follows on. */
  add(update: Uint8Array): void {
    const { structs, ds } = Y.decodeUpdate(update);
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue;
      const content = this.#content(struct.id.client);
      content.clock = Math.max(content.clock, struct.id.clock + struct.length);
    }
    for (const [client, ranges] of ds.clients) {
      const { deleted } = this.#content(client);
      for (const { clock, len } of ranges) for (let i = clock; i < clock + len; i++) deleted[i] = true;
    }
  }

  /** Adds all structs that a replica with this state vector, encoded, has. */
  addStateVector(stateVector: Uint8Array): void {
    for (const [client, clock] of Y.decodeStateVector(stateVector)) {
      const content = this.#content(client);
      content.clock = Math.max(content.clock, clock);
    }
  }

  /** Adds all that `other` holds. */
  addAll(other: Edits): void {
    for (const [client, { clock, deleted }] of other.#clients) {
      const content = this.#content(client);
      content.clock = Math.max(content.clock, clock);
      deleted.forEach((isDeleted, at) => {
        if (isDeleted) content.deleted[at] = true;
      });
    }
  }

  /** One line for each Yjs client of which `other` lacks something that is here. */
  missingFrom(other: Edits): string[] {
    const lines: string[] = [];
    for (const [client, { clock, deleted }] of this.#clients) {
      const held = other.#clients.get(client);
      if (clock > (held?.clock ?? 0)) {
        lines.push(`client ${client}: structs from ${held?.clock ?? 0} to ${clock}`);
      }
      const lost = deleted.findIndex((isDeleted, at) => isDeleted && !held?.deleted[at]);
      if (lost >= 0) lines.push(`client ${client}: the deletion of ${lost}`);
    }
    return lines;
  }

  #content(client: number): Content {
    let content = this.#clients.get(client);
    if (content === undefined) {
      content = { clock: 0, deleted: [] };
      this.#clients.set(client, content);
    }
    return content;
  }
}

/** A message that carries an update. */
interface SentMessage {
  readonly update: Uint8Array;
  /** Of the server, if the message answers its step 1: all that the update leaves out because the server has it. */
  readonly stateVector: Uint8Array | undefined;
}

/**
 * Reads along on clients' connections and knows by itself, message by message, what the server has acknowledged as
 * durable. Never forgets any of it.
 */
export class AcknowledgedEdits {
  readonly edits = new Edits();
  #listeners: (() => void)[] = [];

  /** Resolves with the next acknowledgement. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve));
  }

  /** A WebSocket class whose connections are read along on. */
  recordingWebSocket(): typeof globalThis.WebSocket {
    const acknowledge = (message: SentMessage) => this.#acknowledge(message);
    class RecordingWebSocket extends WebSocket {
      /** Sent and not acknowledged, oldest first. */
      readonly #waiting: SentMessage[] = [];
      #acknowledged = 0;
      #serverStateVector: Uint8Array | undefined;

      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        this.on("message", (data: ArrayBuffer) => this.#receive(new Uint8Array(data)));
      }

      override send(frame: Uint8Array): void {
        const decoder = decoding.createDecoder(frame);
        const isSync = decoding.readVarUint(decoder) === MessageType.sync;
        const type = isSync ? decoding.readVarUint(decoder) : undefined;
        if (type === SyncType.step2 || type === SyncType.update) {
          const stateVector = type === SyncType.step2 ? this.#serverStateVector : undefined;
          this.#waiting.push({ update: decoding.readVarUint8Array(decoder).slice(), stateVector });
        }
        super.send(frame);
      }

      #receive(frame: Uint8Array): void {
        const decoder = decoding.createDecoder(frame);
        const type = decoding.readVarUint(decoder);
        if (type === MessageType.sync && decoding.readVarUint(decoder) === SyncType.step1) {
          this.#serverStateVector = decoding.readVarUint8Array(decoder).slice();
        }
        if (type !== MessageType.durable) return;
        const { messages } = readDurable(decoder);
        // 0 counts none: it says that nothing is on its way to the disk.
        if (messages === 0) return;
        for (const message of this.#waiting.splice(0, messages - this.#acknowledged)) acknowledge(message);
        this.#acknowledged = messages;
      }
    }
    return RecordingWebSocket as unknown as typeof globalThis.WebSocket;
  }

  #acknowledge({ update, stateVector }: SentMessage): void {
    this.edits.add(update);
    if (stateVector !== undefined) this.edits.addStateVector(stateVector);
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}
