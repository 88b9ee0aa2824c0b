import {
  type AwarenessEntry,
  emptyUpdate,
  encodeAwareness,
  encodeDurable,
  encodeEvent,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  readAwarenessUpdate,
  readClientMessage,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import * as Y from "yjs";
import { FakeSocket } from "./fake-socket";

interface LogRecord {
  readonly revision: bigint;
  /** Whether it came from the client under test. */
  readonly own: boolean;
  readonly update: Uint8Array;
}

/**
 * The server's side of the protocol, one step at a time, over a log of updates of which a part at the front is durable.
 * Nothing is durable, and nothing acknowledged, before {@link FakeServer.acknowledge} or {@link FakeServer.noteQuiet};
 * nothing reaches the client before {@link FakeServer.flush}.
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
  epoch = "01HZY0000000000000000000EP";
  #log: LogRecord[] = [];
  #durableRecords = 0;
  /** Where in the log the updates of the present connection's messages lie, oldest first. */
  #messages: number[] = [];
  /** How many records were there when the present connection began. */
  #before = 0;
  #revision = 0n;
  /** The revision that the present connection resumes behind. */
  #since: bigint | undefined;
  /** Whether the client's step 1 was answered: from then on it is told what others do. */
  #answered = false;

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

  /** What the client said of itself when it connected. */
  get params(): Record<string, string> {
    return Object.fromEntries(new URL(this.socket.url).searchParams);
  }

  get updatesReceived(): number {
    return this.#messages.length;
  }

  open(): void {
    this.#messages = [];
    this.#before = this.#log.length;
    this.#since = undefined;
    this.#answered = false;
    this.socket.arriveOpen();
  }

  /** Says `joined`, as servers do that know epochs and resume points, and resumes if the client asked for it. */
  join(): void {
    const { since, epoch } = this.params;
    if (since !== undefined && epoch === this.epoch) this.#since = BigInt(since);
    const resumed = this.#since !== undefined;
    this.socket.arriveFrame(encodeEvent({ type: "joined", epoch: this.epoch, resumed }));
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
          for (const update of this.#lackedBy(message.stateVector)) {
            this.socket.arriveFrame(encodeUpdate(update));
          }
          this.socket.arriveFrame(encodeStep2(emptyUpdate));
          this.#answered = true;
          break;
        case "step2":
        case "update":
          this.#messages.push(this.#log.length);
          this.#append(message.update, true);
          break;
        case "awareness":
          this.awareness.push(...readAwarenessUpdate(message.update));
          break;
        case "queryAwareness":
          break;
      }
    }
  }

  /** Somebody else edits. The client is told if it is there, before the edit is on the disk. */
  relay(change: (text: Y.Text) => void): void {
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(this.doc));
    const updates: Uint8Array[] = [];
    other.on("update", (update: Uint8Array) => updates.push(update));
    change(other.getText("content"));
    for (const update of updates) {
      this.#append(update, false);
      if (this.#answered && this.socket.readyState === 1) this.socket.arriveFrame(encodeUpdate(update));
    }
  }

  /**
   * The first `messages` messages with updates are on disk, by default all that were received. Of these, the
   * acknowledgement leaves out updates that follow on edits which have not arrived, as the real server does.
   */
  acknowledge(messages = this.#messages.length): void {
    this.#makeDurable(this.#before);
    let acknowledged = 0;
    this.#messages.slice(0, messages).forEach((position, index) => {
      this.#makeDurable(position + 1);
      if (this.durable.store.pendingStructs === null) acknowledged = index + 1;
    });
    if (acknowledged > 0) this.socket.arriveFrame(encodeDurable(acknowledged, this.durableRevision));
  }

  /** All that it has is on its disk, and it says so, unless it waits for edits that others follow on. */
  noteQuiet(): void {
    if (this.#messages.length > 0) this.acknowledge();
    this.#makeDurable(this.#log.length);
    if (this.durable.store.pendingStructs !== null) return;
    this.socket.arriveFrame(encodeDurable(0, this.durableRevision));
  }

  get durableRevision(): bigint {
    return this.#log[this.#durableRecords - 1]?.revision ?? 0n;
  }

  /** What is durable, and what others have sent. */
  withoutOwnEdits(): Y.Doc {
    const doc = new Y.Doc();
    this.#log.forEach(({ update, own }, position) => {
      if (!own || position < this.#durableRecords) Y.applyUpdate(doc, update);
    });
    return doc;
  }

  /** Somebody else is here, or, with "null", has left. */
  tellAwareness(...entries: AwarenessEntry[]): void {
    this.socket.arriveFrame(encodeAwareness(writeAwarenessUpdate(entries)));
  }

  flush(): void {
    this.socket.flush();
  }

  /** Opens the connection and completes both handshakes; acknowledges nothing. Knows neither epochs nor resume points. */
  shakeHands(): void {
    this.open();
    this.sendStep1();
    this.flush();
    this.receive();
    this.flush();
  }

  /** Opens the connection, completes both handshakes, and acknowledges what was handed over, but says no quiet note. */
  welcome(): void {
    this.open();
    this.join();
    this.sendStep1();
    this.flush();
    this.receive();
    this.flush();
    this.receive();
    this.acknowledge();
    this.flush();
  }

  /** The server dies: what it had not made durable is gone, and the connection with it. */
  crash(): void {
    this.#log = this.#log.slice(0, this.#durableRecords);
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.durable));
    this.socket.arriveClose(1006, "");
    this.flush();
  }

  #append(update: Uint8Array, own: boolean): void {
    this.#log.push({ revision: ++this.#revision, own, update: update.slice() });
    Y.applyUpdate(this.doc, update);
  }

  #makeDurable(records: number): void {
    for (; this.#durableRecords < records; this.#durableRecords++) {
      Y.applyUpdate(this.durable, this.#log[this.#durableRecords]?.update ?? emptyUpdate);
    }
  }

  #lackedBy(stateVector: Uint8Array): Uint8Array[] {
    const since = this.#since;
    if (since === undefined) return [Y.encodeStateAsUpdate(this.doc, stateVector)];
    return this.#log.filter(({ revision }) => revision > since).map(({ update }) => update);
  }
}
