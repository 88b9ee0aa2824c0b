import { Cursor } from "./cursor";

/** What servers say, as far as the load has to understand it. */
export interface MessageVisitor {
  step1(stateVector: Uint8Array): void;
  step2(update: Uint8Array): void;
  update(update: Uint8Array): void;
  awareness(update: Uint8Array): void;
  /** Ours: so many messages are on disk. */
  durable(messages: number, revision: bigint): void;
  /** Ours: JSON. */
  event(json: string): void;
  /** Hocuspocus: one more message is taken (or not). */
  syncStatus(saved: boolean): void;
}

const Type = { sync: 0, awareness: 1, syncReply: 4, syncStatus: 8, durable: 100, event: 101 } as const;

/**
 * Reads all messages of a frame, of whichever server; `prefixLength` bytes stand before each frame's. Messages of types
 * that the load does not need end the frame.
 */
export function readServerMessages(frame: Uint8Array, prefixLength: number, visitor: MessageVisitor): void {
  const cursor = new Cursor(frame);
  cursor.skip(prefixLength);
  while (cursor.hasMore) {
    switch (cursor.varUint()) {
      case Type.sync:
      case Type.syncReply:
        readSync(cursor, visitor);
        break;
      case Type.awareness:
        visitor.awareness(cursor.varBytes());
        break;
      case Type.durable:
        visitor.durable(cursor.varUint(), readUint64(cursor));
        break;
      case Type.event:
        visitor.event(Buffer.from(cursor.varBytes()).toString());
        break;
      case Type.syncStatus:
        visitor.syncStatus(cursor.varUint() === 1);
        break;
      default:
        return;
    }
  }
}

function readSync(cursor: Cursor, visitor: MessageVisitor): void {
  const type = cursor.varUint();
  const bytes = cursor.varBytes();
  if (type === 0) visitor.step1(bytes);
  else if (type === 1) visitor.step2(bytes);
  else visitor.update(bytes);
}

function readUint64(cursor: Cursor): bigint {
  let value = 0n;
  for (let i = 0; i < 8; i++) value = (value << 8n) | BigInt(cursor.byte());
  return value;
}
