import * as Y from "yjs";

/**
 * What tells that an update is on the server's disk: the acknowledgement of the message of this connection that has
 * the given number; for what the server sent on this connection, a quiet note; for everything else nothing, until the
 * next handover puts it into a message.
 */
type Confirmation = number | "quietNote" | "handover";

interface Entry {
  readonly confirmation: Confirmation;
  /** Undefined if the bytes are not at hand: then only the whole document is sure to contain them. */
  readonly update: Uint8Array | undefined;
}

const updatesMax = 1000;
const bytesMax = 1024 * 1024;

/**
 * The updates in a document that the server may not have on its disk.
 *
 * A server that asks "what do I lack?" with a state vector learns which structs it lacks; of deletions a state vector
 * says nothing, so that Yjs answers with all that the document ever had: tens of kilobytes, at each reconnection, for a
 * large text. But deletions that the server is known to have on its disk need no repeating: those that may be new to it
 * are in the updates listed here.
 *
 * The list holds **others' edits, too**. The server relays an edit before it is on its disk; if it dies in between, the
 * edit lives on only in the replicas that received it, perhaps in this one alone, and is lost unless this one hands it
 * back. So what the server sent stays listed until a quiet note says that everything it sent is on its disk, and is
 * handed over like an own edit if the connection ends before.
 *
 * What the document held before the list began counts as listed without its bytes, and so does what makes the list too
 * long; as long as there is such an entry, only the whole document will do.
 */
export class UnconfirmedUpdates {
  #entries: Entry[] = [{ confirmation: "handover", update: undefined }];
  #updates = 0;
  #bytes = 0;

  /** An update came from the server. */
  received(update: Uint8Array): void {
    this.#add("quietNote", update);
  }

  /** An update went out as this connection's message number `message`. */
  sent(update: Uint8Array, message: number): void {
    this.#add(message, update);
  }

  /** An update was made that could not be sent. */
  kept(update: Uint8Array): void {
    this.#add("handover", update);
  }

  /**
   * What must be handed over to a server with this state vector, as one update; or undefined if only the whole document
   * is sure to contain it: entries without bytes, structs that the server lacks and that are not listed (which it must
   * have lost), or structs in `doc` that wait for others.
   */
  missingFrom(stateVector: Uint8Array, doc: Y.Doc): Uint8Array | undefined {
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return undefined;
    const updates: Uint8Array[] = [];
    for (const { update } of this.#entries) {
      if (update === undefined) return undefined;
      updates.push(update);
    }
    const missing = Y.diffUpdate(Y.mergeUpdates(updates), stateVector);
    return coversAll(missing, Y.decodeStateVector(stateVector), doc) ? missing : undefined;
  }

  /** All that could not be sent before is on its way, in message number `message`. */
  handedOver(message: number): void {
    this.#entries = this.#entries.map((entry) =>
      entry.confirmation === "handover" ? { ...entry, confirmation: message } : entry,
    );
  }

  /** The first `messages` messages of this connection are on the server's disk. */
  acknowledged(messages: number): void {
    this.#keep(({ confirmation }) => typeof confirmation !== "number" || confirmation > messages);
  }

  /** All that the server has sent on this connection is on its disk. */
  noteQuiet(): void {
    this.#keep(({ confirmation }) => confirmation !== "quietNote");
  }

  /** What was unconfirmed has to be handed over anew. */
  connectionLost(): void {
    this.#entries = this.#entries.map(({ update }) => ({ confirmation: "handover", update }));
  }

  #add(confirmation: Confirmation, update: Uint8Array): void {
    this.#entries.push({ confirmation, update });
    this.#updates++;
    this.#bytes += update.length;
    if (this.#updates > updatesMax || this.#bytes > bytesMax) this.#forgetBytes();
  }

  /** Keeps only what will confirm what is listed: the newest message stands for those before it. */
  #forgetBytes(): void {
    const confirmations = new Set<Confirmation>();
    let newestMessage = 0;
    for (const { confirmation } of this.#entries) {
      if (typeof confirmation === "number") newestMessage = Math.max(newestMessage, confirmation);
      else confirmations.add(confirmation);
    }
    if (newestMessage > 0) confirmations.add(newestMessage);
    this.#entries = [...confirmations].map((confirmation) => ({ confirmation, update: undefined }));
    this.#updates = 0;
    this.#bytes = 0;
  }

  #keep(isUnconfirmed: (entry: Entry) => boolean): void {
    const entries = this.#entries.filter(isUnconfirmed);
    if (entries.length === this.#entries.length) return;
    this.#entries = entries;
    const updates = entries.flatMap(({ update }) => update ?? []);
    this.#updates = updates.length;
    this.#bytes = updates.reduce((bytes, update) => bytes + update.length, 0);
  }
}

/** Whether `update` has every struct of `doc` that lies behind `have`, the state vector that it was cut by. */
function coversAll(update: Uint8Array, have: ReadonlyMap<number, number>, doc: Y.Doc): boolean {
  const ends = new Map(have);
  // Structs come ordered by client and clock; a Skip stands for those that are not there.
  for (const struct of Y.decodeUpdate(update).structs) {
    const { client, clock } = struct.id;
    if (struct instanceof Y.Skip || clock !== (ends.get(client) ?? 0)) return false;
    ends.set(client, clock + struct.length);
  }
  for (const [client, end] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    if ((ends.get(client) ?? 0) < end) return false;
  }
  return true;
}
