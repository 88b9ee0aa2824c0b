import {
  type DocumentEvent,
  decodeEventJson,
  MessageType,
  protocolVersion,
  readDurable,
} from "@scriptorium/protocol";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { messageYjsSyncStep1, messageYjsSyncStep2, readSyncMessage } from "y-protocols/sync";
import { WebsocketProvider } from "y-websocket";
import type * as Y from "yjs";
import { type ConnectionStatus, concludeStatus, sameStatus } from "./connection-status";
import { Listeners, type Unsubscribe } from "./listeners";
import { UnsavedEdits } from "./unsaved-edits";

export interface ProviderOptions {
  /** Of the form `wss://host/ws`; the document's ID is appended. */
  readonly serverUrl: string;
  readonly documentId: string;
  readonly doc: Y.Doc;
  readonly awareness?: Awareness;
  /** Local edits that an earlier visit left unacknowledged and that `doc` already holds. */
  readonly unsavedEdits?: number;
  /** Whether to connect at once. Default: true. */
  readonly connect?: boolean;
  /** Where there is no global `WebSocket`. */
  readonly WebSocketPolyfill?: typeof WebSocket;
  /** Longest wait between attempts to connect, in milliseconds. Default: 2,500. */
  readonly backoffMsMax?: number;
}

type MessageHandler = WebsocketProvider["messageHandlers"][number];

/**
 * y-websocket's provider, plus the knowledge of what is on the server's disk.
 *
 * Connects with `v=1`, counts the messages that carry updates, and compares with the server's durable
 * acknowledgements. `status` is "saved" only if the replica was complete on this connection, has handed over all that
 * the server lacked, and every such message is acknowledged.
 */
export class ScriptoriumProvider {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly #ownsAwareness: boolean;
  readonly #socket: WebsocketProvider;
  readonly #unsaved: UnsavedEdits;
  readonly #statusListeners = new Listeners<[]>();
  readonly #eventListeners = new Listeners<[DocumentEvent]>();
  #handedOver = false;
  #everHandshaken = false;
  #unreachable = false;
  #closed: { code: number; reason: string } | undefined;
  #status: ConnectionStatus = { state: "connecting" };
  #durableRevision = 0n;

  constructor(options: ProviderOptions) {
    this.doc = options.doc;
    this.#ownsAwareness = options.awareness === undefined;
    this.awareness = options.awareness ?? new Awareness(options.doc);
    this.#unsaved = new UnsavedEdits(options.unsavedEdits);
    this.#socket = new WebsocketProvider(options.serverUrl, options.documentId, options.doc, {
      awareness: this.awareness,
      connect: false,
      // Tabs of one browser are separate clients: passing edits between them beside the server would bring edits that
      // nobody accounts for.
      disableBc: true,
      params: { v: protocolVersion },
      maxBackoffTime: options.backoffMsMax ?? 2500,
      ...(options.WebSocketPolyfill && { WebSocketPolyfill: options.WebSocketPolyfill }),
    });
    this.#installHandlers();
    this.#status = this.#conclude();
    if (options.connect ?? true) this.connect();
  }

  /** The same object until something changes. */
  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Local edits not acknowledged as durable, connected or not. */
  get unsavedEdits(): number {
    return this.#unsaved.count;
  }

  /** Whether everything that the server had at the start of the present connection has arrived. */
  get synced(): boolean {
    return this.#socket.synced;
  }

  /** The newest revision of the document that this client knows to be durable; 0n before the first. */
  get durableRevision(): bigint {
    return this.#durableRevision;
  }

  /** Calls `listener` whenever `status`, `unsavedEdits` or `synced` has changed. Returns its undo. */
  readonly onStatusChange = (listener: () => void): Unsubscribe => this.#statusListeners.add(listener);

  /** Calls `listener` with each event of the document other than edits. Returns its undo. */
  readonly onEvent = (listener: (event: DocumentEvent) => void): Unsubscribe =>
    this.#eventListeners.add(listener);

  /** Connects, and keeps connecting until `disconnect` or a final close. */
  connect(): void {
    this.#unreachable = false;
    this.#closed = undefined;
    this.#socket.connect();
    this.#changed();
  }

  /** Ends the connection. Edits go on being counted and are handed over by the next `connect`. */
  disconnect(): void {
    this.#socket.disconnect();
    this.#unreachable = true;
    this.#changed();
  }

  /** Ends the connection and lets go of the document. An awareness of its own goes along, and with it its timer. */
  destroy(): void {
    this.doc.off("update", this.#onUpdate);
    this.awareness.off("update", this.#onAwarenessUpdate);
    this.#socket.destroy();
    if (this.#ownsAwareness) this.awareness.destroy();
    this.#statusListeners.clear();
    this.#eventListeners.clear();
  }

  #installHandlers(): void {
    const socket = this.#socket;
    const base = socket.messageHandlers;
    const handlers: MessageHandler[] = base.slice();
    handlers[MessageType.sync] = this.#onSync;
    handlers[MessageType.durable] = this.#onDurable;
    handlers[MessageType.event] = this.#onEventMessage;
    // y-websocket reads one message of a frame; our server may put several into one.
    handlers.forEach((handler, type) => {
      base[type] = (encoder, decoder, provider, emitSynced, messageType) => {
        handler(encoder, decoder, provider, emitSynced, messageType);
        this.#readRest(handlers, decoder, emitSynced);
      };
    });
    socket.on("status", this.#onSocketStatus);
    socket.on("connection-error", this.#onConnectionError);
    socket.on("connection-close", this.#onConnectionClose);
    socket.on("closed", this.#onClosed);
    socket.on("sync", this.#onSynced);
    // After y-websocket's own listener, which has by then sent the update if it could.
    this.doc.on("update", this.#onUpdate);
    // y-websocket sends on every awareness change, also those that the server has just told it.
    this.awareness.off("update", socket._awarenessUpdateHandler);
    this.awareness.on("update", this.#onAwarenessUpdate);
  }

  #readRest(handlers: readonly MessageHandler[], decoder: decoding.Decoder, emitSynced: boolean): void {
    while (decoding.hasContent(decoder)) {
      const type = decoding.readVarUint(decoder);
      const handler = handlers[type];
      if (handler === undefined) return;
      const encoder = encoding.createEncoder();
      handler(encoder, decoder, this.#socket, emitSynced, type);
      if (encoding.length(encoder) > 1) this.#socket.ws?.send(encoding.toUint8Array(encoder));
    }
  }

  readonly #onSync: MessageHandler = (encoder, decoder, socket, emitSynced) => {
    encoding.writeVarUint(encoder, MessageType.sync);
    const type = readSyncMessage(decoder, encoder, socket.doc, socket);
    if (type === messageYjsSyncStep1) {
      // The answer is in `encoder` and goes out when this returns.
      this.#unsaved.sentHandshake();
      this.#handedOver = true;
      this.#changed();
    }
    if (type === messageYjsSyncStep2 && emitSynced) socket.synced = true;
  };

  readonly #onDurable: MessageHandler = (_encoder, decoder) => {
    const { messages, revision } = readDurable(decoder);
    if (revision > this.#durableRevision) this.#durableRevision = revision;
    this.#unsaved.acknowledged(messages);
    this.#changed();
  };

  readonly #onEventMessage: MessageHandler = (_encoder, decoder) => {
    const event = decodeEventJson(decoding.readVarString(decoder));
    if (event !== undefined) this.#eventListeners.call(event);
  };

  readonly #onUpdate = (_update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (origin === this.#socket) return;
    const sent = this.#socket.wsconnected && this.#socket.ws?.readyState === 1;
    if (sent) this.#unsaved.sentUpdate(transaction.local ? 1 : 0);
    else if (transaction.local) this.#unsaved.kept();
    this.#changed();
  };

  readonly #onAwarenessUpdate = (change: { added: number[]; updated: number[]; removed: number[] }) => {
    const own = this.doc.clientID;
    const mine = [change.added, change.updated, change.removed].some((clients) => clients.includes(own));
    const { ws, wsconnected } = this.#socket;
    if (!mine || !wsconnected || ws?.readyState !== 1) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MessageType.awareness);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, [own]));
    ws.send(encoding.toUint8Array(encoder));
  };

  readonly #onSocketStatus = ({ status }: { status: string }) => {
    if (status === "connected") {
      this.#unreachable = false;
      // Others have seen this client leave at its present clock and would ignore the same clock again.
      const state = this.awareness.getLocalState();
      if (state !== null) this.awareness.setLocalState(state);
    }
    this.#changed();
  };

  readonly #onConnectionError = () => {
    this.#unreachable = true;
    this.#changed();
  };

  // Fires while the socket still counts as connected; the `status` event that follows concludes anew.
  readonly #onConnectionClose = () => {
    this.#handedOver = false;
    this.#unsaved.connectionLost();
  };

  readonly #onClosed = (closed: { code: number; reason: string }) => {
    this.#closed = { code: closed.code, reason: closed.reason };
    this.#changed();
  };

  readonly #onSynced = () => {
    this.#changed();
  };

  #conclude(): ConnectionStatus {
    const handshaken = this.#socket.synced && this.#handedOver;
    if (handshaken) this.#everHandshaken = true;
    return concludeStatus({
      connected: this.#socket.wsconnected,
      handshaken,
      everHandshaken: this.#everHandshaken,
      unreachable: this.#unreachable,
      closed: this.#closed,
      awaitsAcknowledgement: this.#unsaved.awaitsAcknowledgement,
      edits: this.#unsaved.count,
    });
  }

  #changed(): void {
    const status = this.#conclude();
    if (!sameStatus(status, this.#status)) this.#status = status;
    this.#statusListeners.call();
  }
}
