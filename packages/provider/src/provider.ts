import {
  CloseCode,
  type DocumentEvent,
  encodeAwareness,
  encodeStep2,
  MessageType,
  protocolVersion,
} from "@scriptorium/protocol";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type ConnectionStatus, concludeStatus, sameStatus } from "./connection-status";
import { Gathering } from "./gathering";
import { Listeners, type Unsubscribe } from "./listeners";
import { mayWrite, type Permission, samePermission } from "./permission";
import { reconnectDelayMs } from "./reconnect-delay";
import { type ResumePoint, resumeParams } from "./resume-point";
import {
  isAcknowledgement,
  mayWait,
  planFrame,
  readServerFrame,
  type ServerMessage,
  type TextMessage,
} from "./server-frame";
import { UnconfirmedUpdates } from "./unconfirmed-updates";
import { UnsavedEdits } from "./unsaved-edits";

export interface ProviderOptions {
  /** Of the form `wss://host/ws`; the document's ID is appended. */
  readonly serverUrl: string;
  readonly documentId: string;
  readonly doc: Y.Doc;
  readonly awareness?: Awareness;
  /** Local edits that an earlier visit left unacknowledged and that `doc` already holds. */
  readonly unsavedEdits?: number;
  /**
   * The resume point that was kept together with the content which `doc` already holds. One that is ahead of the content
   * would leave it incomplete; one that is behind only costs bytes.
   */
  readonly resumePoint?: ResumePoint;
  /** Whether to connect at once. Default: true. */
  readonly connect?: boolean;
  /**
   * How long what others do may wait to be applied together, in milliseconds: an editor then draws seldom, however many
   * type. What comes after a pause is applied at once. Default: 0.
   */
  readonly gatherMs?: number;
  /**
   * Handed each such delivery once it is due, to call it: at once, or in a moment that suits the page better. Until then
   * what others did is not in `doc`. Default: calls it at once.
   */
  readonly whenItSuits?: (deliver: () => void) => void;
  /** Where there is no global `WebSocket`. */
  readonly WebSocketPolyfill?: typeof WebSocket;
  /** Longest ordinary wait between attempts to connect, in milliseconds. Default: 2,500. */
  readonly backoffMsMax?: number;
  /** From 0 to below 1; spreads the attempts to connect. Default: `Math.random`. */
  readonly random?: () => number;
}

/** What has happened on the present connection. */
interface Progress {
  joined: { readonly resumed: boolean } | undefined;
  /** What the server had when it asked what it lacks. */
  serverClocks: ReadonlyMap<number, number> | undefined;
  handedOver: boolean;
  /** The answer to step 1 has arrived. */
  answered: boolean;
  toldPermission: boolean;
}

/** Attempts that may fail after a server said that it restarts: some ten seconds with the usual waits. */
const restartAttempts = 8;

const nothingYet: Progress = {
  joined: undefined,
  serverClocks: undefined,
  handedOver: false,
  answered: false,
  toldPermission: false,
};

/**
 * y-websocket's provider, plus the knowledge of what is on the server's disk.
 *
 * Connects with `v=1`, counts the messages that carry updates, and compares with the server's durable
 * acknowledgements. `status` is "saved" only if the replica was complete on this connection, has handed over all that
 * the server lacked, and every such message is acknowledged.
 *
 * A connection that takes the place of a lost one resumes: both sides send only what the other may lack.
 */
export class ScriptoriumProvider {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly #ownsAwareness: boolean;
  readonly #socket: WebsocketProvider;
  /** y-websocket's own, for the messages that are its business. */
  readonly #plainHandlers: WebsocketProvider["messageHandlers"];
  readonly #unsaved: UnsavedEdits;
  readonly #unconfirmed = new UnconfirmedUpdates();
  readonly #gathering: Gathering;
  readonly #backoffMsMax: number;
  readonly #random: () => number;
  readonly #statusListeners = new Listeners<[]>();
  readonly #eventListeners = new Listeners<[DocumentEvent]>();
  readonly #resumeListeners = new Listeners<[]>();
  readonly #permissionListeners = new Listeners<[]>();
  #progress: Progress = { ...nothingYet };
  #everHandshaken = false;
  #unreachable = false;
  #failures = 0;
  /** How many more attempts may fail before the server counts as unreachable: it said that it would be back. */
  #patience = 0;
  #closed: { code: number; reason: string } | undefined;
  #status: ConnectionStatus = { state: "connecting" };
  #permission: Permission = mayWrite;
  #durableRevision = 0n;
  #resumePoint: ResumePoint | undefined;
  #mayResume = true;

  constructor(options: ProviderOptions) {
    this.doc = options.doc;
    this.#ownsAwareness = options.awareness === undefined;
    this.awareness = options.awareness ?? new Awareness(options.doc);
    this.#unsaved = new UnsavedEdits(options.unsavedEdits);
    this.#resumePoint = options.resumePoint;
    this.#gathering = new Gathering(
      options.gatherMs ?? 0,
      (messages) => this.#attendToAll(messages),
      options.whenItSuits,
    );
    this.#backoffMsMax = options.backoffMsMax ?? 2500;
    this.#random = options.random ?? Math.random;
    this.#socket = new WebsocketProvider(options.serverUrl, options.documentId, options.doc, {
      awareness: this.awareness,
      connect: false,
      // Tabs of one browser are separate clients: passing edits between them beside the server would bring edits that
      // nobody accounts for.
      disableBc: true,
      params: this.#params(),
      ...(options.WebSocketPolyfill && { WebSocketPolyfill: options.WebSocketPolyfill }),
    });
    this.#plainHandlers = this.#socket.messageHandlers.slice();
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

  /**
   * What a later provider can be given as `resumePoint`, if its document holds at least what this one holds now.
   * Undefined until the server has named the document's epoch. The same object until it changes.
   */
  get resumePoint(): ResumePoint | undefined {
    return this.#resumePoint;
  }

  /** What the server lets this client do; it may write until told otherwise. The same object until it changes. */
  get permission(): Permission {
    return this.#permission;
  }

  /** Calls `listener` whenever `status`, `unsavedEdits` or `synced` has changed. Returns its undo. */
  readonly onStatusChange = (listener: () => void): Unsubscribe => this.#statusListeners.add(listener);

  /** Calls `listener` with each event of the document other than edits. Returns its undo. */
  readonly onEvent = (listener: (event: DocumentEvent) => void): Unsubscribe =>
    this.#eventListeners.add(listener);

  /**
   * Calls `listener` whenever `resumePoint` has changed: with an epoch before the first content of that epoch, and with
   * a revision after all that it covers is in `doc`. Returns its undo.
   */
  readonly onResumePointChange = (listener: () => void): Unsubscribe => this.#resumeListeners.add(listener);

  /** Calls `listener` whenever `permission` has changed. Returns its undo. */
  readonly onPermissionChange = (listener: () => void): Unsubscribe =>
    this.#permissionListeners.add(listener);

  /** What the option `resumePoint` is, for content that was loaded after this was made. Call it before `connect`. */
  resumeFrom(point: ResumePoint): void {
    this.#resumePoint = point;
    this.#socket.params = this.#params();
  }

  /** Connects, and keeps connecting until `disconnect` or a final close. */
  connect(): void {
    this.#unreachable = false;
    this.#closed = undefined;
    this.#failures = 0;
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
    this.#gathering.clear();
    this.#socket.destroy();
    if (this.#ownsAwareness) this.awareness.destroy();
    this.#statusListeners.clear();
    this.#eventListeners.clear();
    this.#resumeListeners.clear();
    this.#permissionListeners.clear();
  }

  #installHandlers(): void {
    const socket = this.#socket;
    // y-websocket reads one message of a frame and sends the answer that it is given; it is given none, so that the
    // answers to all messages of a frame go out here, in order.
    for (const type of Object.values(MessageType)) {
      socket.messageHandlers[type] = (_encoder, decoder) => this.#readFrame(decoder.arr);
    }
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

  #readFrame(frame: Uint8Array): void {
    const messages = readServerFrame(frame);
    const others = messages.filter((message) => !isAcknowledgement(message));
    if (!this.#socket.synced || !others.every(mayWait)) {
      this.#gathering.deliver(messages);
      return;
    }
    const { ws } = this.#socket;
    for (const message of messages.filter(isAcknowledgement)) this.#attendTo(message);
    if (this.#socket.ws === ws) this.#gathering.add(others);
  }

  #attendToAll(messages: readonly ServerMessage[]): void {
    const { ws } = this.#socket;
    for (const { texts, others } of planFrame(messages)) {
      this.#applyTexts(texts);
      for (const message of others) {
        // Attending to a message may end the connection that the rest belongs to.
        if (this.#socket.ws !== ws) return;
        this.#attendTo(message);
      }
      if (this.#socket.ws !== ws) return;
    }
  }

  #applyTexts(texts: readonly TextMessage[]): void {
    if (texts.length === 0) return;
    // As y-protocols does: neither a listener of the document that fails nor a text that cannot be applied may end the
    // connection, or keep the other texts out.
    attempt(() => {
      Y.transact(
        this.doc,
        () => {
          for (const { update } of texts) attempt(() => Y.applyUpdate(this.doc, update, this.#socket));
        },
        this.#socket,
        false,
      );
    });
    if (texts.some(({ type }) => type === "step2")) {
      this.#progress.answered = true;
      this.#concludeAnswer();
    }
  }

  #attendTo(message: Exclude<ServerMessage, TextMessage>): void {
    switch (message.type) {
      case "step1":
        this.#handOver(message.stateVector);
        return;
      case "durable":
        this.#noteDurable(message.messages, message.revision);
        return;
      case "event":
        if (message.event !== undefined) this.#noteEvent(message.event);
        return;
      case "plain": {
        const encoder = encoding.createEncoder();
        const decoder = decoding.createDecoder(message.payload);
        const { messageType } = message;
        this.#plainHandlers[messageType]?.(encoder, decoder, this.#socket, true, messageType);
        if (encoding.length(encoder) > 0) this.#send(encoding.toUint8Array(encoder));
        return;
      }
    }
  }

  /** Answers the server's step 1 with what it lacks. */
  #handOver(stateVector: Uint8Array): void {
    const progress = this.#progress;
    const lacking = progress.joined?.resumed
      ? this.#unconfirmed.missingFrom(stateVector, this.doc)
      : undefined;
    this.#send(encodeStep2(lacking ?? Y.encodeStateAsUpdate(this.doc, stateVector)));
    this.#unconfirmed.handedOver(this.#unsaved.sentHandshake());
    progress.handedOver = true;
    progress.serverClocks ??= Y.decodeStateVector(stateVector);
    this.#concludeAnswer();
    this.#changed();
  }

  /**
   * Takes the replica for synced once the answer to its step 1 has arrived.
   *
   * The server answers a client that resumes without looking at what it has. Should the replica hold less than its
   * resume point says (a browser that ran out of space, say), what it lacks would never come. The server's state vector
   * shows that, and the replica starts again without a resume point.
   */
  #concludeAnswer(): void {
    const { joined, answered, serverClocks } = this.#progress;
    if (!answered) return;
    if (joined?.resumed) {
      if (serverClocks === undefined) return;
      if (lacksAny(this.doc, serverClocks)) {
        this.#startAgainWhole();
        return;
      }
    }
    this.#socket.synced = true;
  }

  #startAgainWhole(): void {
    this.#mayResume = false;
    if (this.#resumePoint !== undefined) {
      this.#setResumePoint({ epoch: this.#resumePoint.epoch, revision: undefined });
    }
    this.#socket.disconnect();
    this.#socket.connect();
  }

  #noteDurable(messages: number, revision: bigint): void {
    if (revision > this.#durableRevision) this.#durableRevision = revision;
    this.#unsaved.acknowledged(messages);
    this.#unconfirmed.acknowledged(messages);
    // A server that does not say `joined` knows no quiet notes either.
    if (messages === 0 && this.#progress.joined !== undefined && this.#socket.synced) {
      this.#noteQuiet(revision);
    }
    this.#changed();
  }

  #noteQuiet(revision: bigint): void {
    this.#unconfirmed.noteQuiet();
    const known = this.#resumePoint;
    if (!this.#mayResume || known === undefined || revision <= (known.revision ?? -1n)) return;
    // What waits for other structs has arrived, but is not in the document.
    if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) return;
    this.#setResumePoint({ epoch: known.epoch, revision });
  }

  #noteEvent(event: DocumentEvent): void {
    if (event.type === "joined") this.#noteJoined(event.epoch, event.resumed);
    if (event.type === "permission") {
      this.#progress.toldPermission = true;
      this.#setPermission({ access: event.access, reason: event.reason, code: event.code });
    }
    this.#eventListeners.call(event);
  }

  #noteJoined(epoch: string, resumed: boolean): void {
    this.#progress.joined = { resumed };
    if (this.#resumePoint === undefined) this.#setResumePoint({ epoch, revision: undefined });
    else if (this.#resumePoint.epoch !== epoch) this.#closeAsStale();
  }

  /** Handing over edits of an epoch that is past would undo the restore: the server refuses it, and so does this side. */
  #closeAsStale(): void {
    this.#socket.disconnect();
    this.#closed = { code: CloseCode.staleEpoch, reason: "the document was restored to an earlier state" };
    this.#changed();
  }

  #setResumePoint(point: ResumePoint): void {
    this.#resumePoint = point;
    this.#socket.params = this.#params();
    this.#resumeListeners.call();
  }

  #params(): Record<string, string> {
    return { v: protocolVersion, ...resumeParams(this.#resumePoint) };
  }

  #setPermission(permission: Permission): void {
    if (samePermission(permission, this.#permission)) return;
    this.#permission = permission;
    this.#permissionListeners.call();
  }

  #send(message: Uint8Array<ArrayBuffer>): void {
    const { ws, wsconnected } = this.#socket;
    if (wsconnected && ws?.readyState === 1) ws.send(message);
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (origin === this.#socket) {
      this.#unconfirmed.received(update);
      return;
    }
    const edits = transaction.local ? 1 : 0;
    if (this.#socket.wsconnected && this.#socket.ws?.readyState === 1) {
      this.#unconfirmed.sent(update, this.#unsaved.sentUpdate(edits));
    } else {
      this.#unconfirmed.kept(update);
      if (edits > 0) this.#unsaved.kept();
    }
    this.#changed();
  };

  readonly #onAwarenessUpdate = (change: { added: number[]; updated: number[]; removed: number[] }) => {
    const own = this.doc.clientID;
    const mine = [change.added, change.updated, change.removed].some((clients) => clients.includes(own));
    if (mine) this.#send(encodeAwareness(encodeAwarenessUpdate(this.awareness, [own])));
  };

  readonly #onSocketStatus = ({ status }: { status: string }) => {
    if (status === "connected") {
      this.#unreachable = false;
      this.#patience = 0;
      // Others have seen this client leave at its present clock and would ignore the same clock again.
      const state = this.awareness.getLocalState();
      if (state !== null) this.awareness.setLocalState(state);
    }
    this.#changed();
  };

  readonly #onConnectionError = () => {
    if (this.#patience > 0) this.#patience--;
    else this.#unreachable = true;
    this.#changed();
  };

  // Fires while the socket still counts as connected; the `status` event that follows concludes anew.
  readonly #onConnectionClose = (event: { code: number } | null) => {
    this.#gathering.deliver();
    this.#progress = { ...nothingYet };
    this.#unsaved.connectionLost();
    this.#unconfirmed.connectionLost();
    if (event?.code === CloseCode.restarting) this.#patience = restartAttempts;
    this.#chooseDelay(event?.code);
  };

  /**
   * y-websocket is about to wait for the lesser of its own backoff, which grows with the number of failures and knows no
   * chance, and `maxBackoffTime`. With a number of failures that makes its own enormous, `maxBackoffTime` is the delay.
   */
  #chooseDelay(closeCode: number | undefined): void {
    this.#failures++;
    this.#socket.wsUnsuccessfulReconnects = 30;
    this.#socket.maxBackoffTime = reconnectDelayMs({
      failures: this.#failures,
      closeCode,
      random: this.#random(),
      backoffMsMax: this.#backoffMsMax,
    });
  }

  readonly #onClosed = (closed: { code: number; reason: string }) => {
    this.#closed = { code: closed.code, reason: closed.reason };
    this.#changed();
  };

  readonly #onSynced = (synced: boolean) => {
    if (synced) {
      this.#failures = 0;
      if (!this.#progress.toldPermission) this.#setPermission(mayWrite);
    }
    this.#changed();
  };

  #conclude(): ConnectionStatus {
    const handshaken = this.#socket.synced && this.#progress.handedOver;
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

function attempt(apply: () => void): void {
  try {
    apply();
  } catch (error) {
    // biome-ignore lint/suspicious/noConsole: there is nobody to tell but the developer
    console.error("an update could not be applied", error);
  }
}

/** Whether `doc` has fewer structs of any client than `clocks` says. */
function lacksAny(doc: Y.Doc, clocks: ReadonlyMap<number, number>): boolean {
  return [...clocks].some(([client, clock]) => Y.getState(doc.store, client) < clock);
}
