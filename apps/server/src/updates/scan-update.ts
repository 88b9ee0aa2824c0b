import { ByteCursor } from "./byte-cursor";

/** Is told what an update brings, in the update's order. */
export interface UpdateVisitor {
  /**
   * A struct. Text that its author has deleted already is text, too: the deletion is there beside it.
   *
   * @param isText whether its clocks are characters, one for each UTF-16 unit
   */
  struct(client: number, from: number, to: number, isText: boolean): void;
  deletion(client: number, from: number, to: number): void;
}

/**
 * Reads a Yjs update (version 1) without making anything of its content: many times as fast as `Y.decodeUpdate`, which
 * makes an object of each struct. Believes nothing but lengths; whether Yjs can apply it is another question.
 *
 * @throws {RangeError} it is none; the visitor was told what came before
 */
export function scanUpdate(update: Uint8Array, visitor: UpdateVisitor): void {
  const cursor = new ByteCursor(update);
  for (let clients = cursor.readVarUint(); clients > 0; clients--) scanStructs(cursor, visitor);
  for (let clients = cursor.readVarUint(); clients > 0; clients--) {
    const client = cursor.readVarUint();
    for (let ranges = cursor.readVarUint(); ranges > 0; ranges--) {
      const from = cursor.readVarUint();
      visitor.deletion(client, from, from + cursor.readVarUint());
    }
  }
}

// How the first byte of a struct is made up: the kind of content, and what stands before it.
const kindBits = 0x1f;
const hasParentKey = 0x20;
const hasRightOrigin = 0x40;
const hasOrigin = 0x80;
const gcKind = 0;
const skipKind = 10;

function scanStructs(cursor: ByteCursor, visitor: UpdateVisitor): void {
  let structs = cursor.readVarUint();
  const client = cursor.readVarUint();
  let clock = cursor.readVarUint();
  for (; structs > 0; structs--) {
    const info = cursor.readByte();
    const kind = info & kindBits;
    if (kind === gcKind || info === skipKind) {
      const length = cursor.readVarUint();
      // What was collected as garbage was deleted, and the deletion is told.
      if (kind === gcKind) visitor.struct(client, clock, clock + length, true);
      clock += length;
      continue;
    }
    skipPlace(cursor, info);
    const isText = kind === deletedKind || kind === stringKind;
    const length = skipContent(cursor, kind);
    visitor.struct(client, clock, clock + length, isText);
    clock += length;
  }
}

/** Where an item belongs: beside others, or into a parent. */
function skipPlace(cursor: ByteCursor, info: number): void {
  if ((info & hasOrigin) !== 0) skipId(cursor);
  if ((info & hasRightOrigin) !== 0) skipId(cursor);
  if ((info & (hasOrigin | hasRightOrigin)) !== 0) return;
  const isNamed = cursor.readVarUint() === 1;
  if (isNamed) cursor.skipBlock();
  else skipId(cursor);
  if ((info & hasParentKey) !== 0) cursor.skipBlock();
}

function skipId(cursor: ByteCursor): void {
  cursor.skipVarInt();
  cursor.skipVarInt();
}

const deletedKind = 1;
const stringKind = 4;

/** @returns how many clocks the content takes */
function skipContent(cursor: ByteCursor, kind: number): number {
  switch (kind) {
    case deletedKind:
      return cursor.readVarUint();
    case 2: {
      const values = cursor.readVarUint();
      for (let left = values; left > 0; left--) cursor.skipBlock();
      return values;
    }
    case 3: // bytes
    case 5: // embedded JSON
      cursor.skipBlock();
      return 1;
    case stringKind:
      return cursor.skipString();
    case 6: // a mark: key and value
      cursor.skipBlock();
      cursor.skipBlock();
      return 1;
    case 7:
      skipType(cursor);
      return 1;
    case 8: {
      const values = cursor.readVarUint();
      for (let left = values; left > 0; left--) cursor.skipAny();
      return values;
    }
    case 9: // a document: its ID and options
      cursor.skipBlock();
      cursor.skipAny();
      return 1;
    default:
      throw new RangeError(`no content is of kind ${kind}`);
  }
}

/** Elements and hooks of XML have a name. */
function skipType(cursor: ByteCursor): void {
  const type = cursor.readVarUint();
  if (type === 3 || type === 5) cursor.skipBlock();
}
