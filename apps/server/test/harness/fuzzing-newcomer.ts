import {
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  readClientMessage,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import type { PRNG } from "lib0/prng";
import * as prng from "lib0/prng";
import * as Y from "yjs";
import { mutate } from "./mutate";

interface RealMessage {
  readonly payload: Uint8Array;
  readonly encode: (payload: Uint8Array) => Uint8Array;
}

/**
 * Makes frames with faults out of what an honest newcomer to a document, who types, deletes and formats, would send.
 *
 * Faults, not forgeries. Yjs itself, whatever the server, cannot hold replicas together against a client that writes in
 * another's name, or that places an item between two neighbours which stand the other way round: then the order of
 * arrival decides. Frames that decode to such things are left out.
 */
export class FuzzingNewcomer {
  readonly #random: PRNG;
  readonly #messages: readonly RealMessage[];
  /** The document with all that was sent. */
  #doc = new Y.Doc();
  /** Whose clocks are not to be used up. */
  readonly #honest: ReadonlyMap<number, number>;

  /** @param base the document when the newcomer comes, as an update; only honest clients have written it */
  constructor(random: PRNG, base: Uint8Array) {
    this.#random = random;
    Y.applyUpdate(this.#doc, base);
    this.#honest = Y.decodeStateVector(Y.encodeStateVector(this.#doc));
    this.#messages = realMessages(random, base);
  }

  /** A fault in the payload of an intact frame, which gets further, or anywhere in the frame. */
  nextFrame(): Uint8Array {
    for (;;) {
      const { payload, encode } = this.#anyMessage();
      const other = this.#anyMessage();
      const frame = prng.bool(this.#random)
        ? encode(mutate(this.#random, payload, other.payload))
        : mutate(this.#random, encode(payload), other.encode(other.payload));
      if (this.#isFair(frame)) return frame;
    }
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #anyMessage(): RealMessage {
    return prng.oneOf(this.#random, [...this.#messages]);
  }

  #isFair(frame: Uint8Array): boolean {
    const update = updateIn(frame);
    if (update === undefined) return true;
    const { structs, ds } = Y.decodeUpdate(update);
    if (structs.some(({ id }) => this.#honest.has(id.client))) return false;
    for (const [client, clock] of this.#honest) {
      if (ds.clients.get(client)?.some((range) => range.clock + range.len > clock)) return false;
    }
    const before = Y.encodeStateAsUpdate(this.#doc);
    try {
      Y.applyUpdate(this.#doc, update);
    } catch {
      // For the server to find out.
      return true;
    }
    const missing = [...(this.#doc.store.pendingStructs?.missing.keys() ?? [])];
    if (isInOrder(this.#doc) && !missing.some((client) => this.#honest.has(client))) return true;
    this.#doc = new Y.Doc();
    Y.applyUpdate(this.#doc, before);
    return false;
  }
}

function realMessages(random: PRNG, base: Uint8Array): RealMessage[] {
  const doc = new Y.Doc();
  doc.clientID = prng.uint32(random, 0, 0xffffffff);
  Y.applyUpdate(doc, base);
  const before = Y.encodeStateVector(doc);
  const messages: RealMessage[] = [{ payload: before, encode: encodeStep1 }];
  doc.on("update", (payload: Uint8Array) => messages.push({ payload, encode: encodeUpdate }));
  const text = doc.getText("content");
  for (let i = 0; i < 3; i++) {
    const at = prng.int32(random, 0, text.length - 10);
    text.insert(at, prng.word(random, 1, 8));
    text.format(at, 5, { bold: true });
    text.delete(at + 2, 3);
    text.insertEmbed(at, { image: "x" });
  }
  messages.push({ payload: Y.encodeStateAsUpdate(doc, before), encode: encodeStep2 });
  const state = JSON.stringify({ name: prng.word(random) });
  const awareness = writeAwarenessUpdate([{ client: doc.clientID, clock: 1, state }]);
  messages.push({ payload: awareness, encode: encodeAwareness });
  doc.destroy();
  return messages;
}

/** The update that a frame carries; undefined if it carries none that can be decoded. */
function updateIn(frame: Uint8Array): Uint8Array | undefined {
  try {
    const message = readClientMessage(frame);
    if (message.type !== "update" && message.type !== "step2") return undefined;
    Y.decodeUpdate(message.update);
    return message.update;
  } catch {
    return undefined;
  }
}

/** Whether each item's left neighbour of when it was written stands to the left of its right one. */
function isInOrder(doc: Y.Doc): boolean {
  const items: Y.Item[] = [];
  for (let item = doc.getText("content")._start; item !== null; item = item.right) items.push(item);
  const starts = new Map<Y.Item, number>();
  let end = 0;
  for (const item of items) {
    starts.set(item, end);
    end += item.length;
  }
  const placeOf = (id: Y.ID) => {
    const item = Y.getItem(doc.store, id);
    const start = item instanceof Y.Item ? starts.get(item) : undefined;
    return start === undefined ? undefined : start + id.clock - item.id.clock;
  };
  return items.every(({ origin, rightOrigin }) => {
    if (origin === null || rightOrigin === null) return true;
    const left = placeOf(origin);
    const right = placeOf(rightOrigin);
    return left === undefined || right === undefined || left < right;
  });
}
