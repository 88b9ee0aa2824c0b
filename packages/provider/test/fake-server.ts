import {
  type AwarenessEntry,
  emptyUpdate,
  encodeAwareness,
  encodeDurable,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  readAwarenessUpdate,
  readClientMessage,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import * as Y from "yjs";
import { FakeSocket } from "./fake-socket";

/**
 * The server's side of the protocol, one step at a time. Nothing is durable, and nothing acknowledged, before
 * {@link FakeServer.acknowledge}; nothing reaches the client before {@link FakeServer.flush}.
 */
export class FakeServer {
  /** What the server has received. */
  doc = new Y.Doc();
  /** What would survive its death. */
  readonly durable = new Y.Doc();
  /** The awareness that clients sent, oldest first. */
  readonly awareness: AwarenessEntry[] = [];
  readonly sockets: FakeSocket[] = [];
  readonly WebSocket: typeof WebSocket;
  /** Updates of the present connection's messages that carried any, oldest first. */
  #updates: Uint8Array[] = [];
  /** What the server had received when the present connection began. */
  #before: Uint8Array = emptyUpdate;
  #revision = 0n;

  constructor() {
    const sockets = this.sockets;
    class Socket extends FakeSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    this.WebSocket = Socket as unknown as typeof WebSocket;
  }

  /** The newest socket that the client made. */
  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error("the client has not tried to connect");
    return socket;
  }

  get updatesReceived(): number {
    return this.#updates.length;
  }

  open(): void {
    this.#updates = [];
    this.#before = Y.encodeStateAsUpdate(this.doc);
    this.socket.arriveOpen();
  }

  sendStep1(): void {
    this.socket.arriveFrame(this.step1());
  }

  step1(): Uint8Array {
    return encodeStep1(Y.encodeStateVector(this.doc));
  }

  /** Reads what the client sent. */
  receive(): void {
    for (const frame of this.socket.takeSent()) {
      const message = readClientMessage(frame);
      switch (message.type) {
        case "step1":
          this.socket.arriveFrame(encodeUpdate(Y.encodeStateAsUpdate(this.doc, message.stateVector)));
          this.socket.arriveFrame(encodeStep2(emptyUpdate));
          break;
        case "step2":
        case "update":
          this.#updates.push(message.update);
          Y.applyUpdate(this.doc, message.update);
          break;
        case "awareness":
          this.awareness.push(...readAwarenessUpdate(message.update));
          break;
        case "queryAwareness":
          break;
      }
    }
  }

  /**
   * The first `messages` messages with updates are on disk, by default all that were received. Of these, the
   * acknowledgement leaves out updates that follow on edits which have not arrived, as the real server does.
   */
  acknowledge(messages = this.#updates.length): void {
    Y.applyUpdate(this.durable, this.#before);
    let acknowledged = 0;
    this.#updates.slice(0, messages).forEach((update, index) => {
      Y.applyUpdate(this.durable, update);
      if (this.durable.store.pendingStructs === null) acknowledged = index + 1;
    });
    this.socket.arriveFrame(encodeDurable(acknowledged, ++this.#revision));
  }

  /** Somebody else is here, or, with "null", has left. */
  tellAwareness(...entries: AwarenessEntry[]): void {
    this.socket.arriveFrame(encodeAwareness(writeAwarenessUpdate(entries)));
  }

  flush(): void {
    this.socket.flush();
  }

  /** Opens the connection and completes both handshakes; acknowledges nothing. */
  shakeHands(): void {
    this.open();
    this.sendStep1();
    this.flush();
    this.receive();
    this.flush();
  }

  /** The server dies: what it had not made durable is gone, and the connection with it. */
  crash(): void {
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.durable));
    this.socket.arriveClose(1006, "");
    this.flush();
  }
}
