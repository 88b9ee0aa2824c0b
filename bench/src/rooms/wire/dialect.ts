/** In what the messages of a server differ from y-websocket's. */
export interface Dialect {
  /** What stands before every message about a document, in both directions. */
  prefix(document: string): Uint8Array;
  /** What a client says before all else, behind the prefix. */
  readonly greeting: Uint8Array | undefined;
  /** False for a server that only passes on what it gets: a step 1 would be answered by everybody in the room. */
  readonly answersStep1: boolean;
  /** Whether clients hand back each awareness state that is news to them, as stock clients do. */
  readonly echoesAwareness: boolean;
}

/** y-websocket's protocol as it is. */
export const yWebsocketDialect: Dialect = {
  prefix: () => new Uint8Array(),
  greeting: undefined,
  answersStep1: true,
  echoesAwareness: true,
};

/** A server that knows nothing of what it relays. Echoes would be relayed, and echoed again. */
export const broadcastDialect: Dialect = {
  ...yWebsocketDialect,
  answersStep1: false,
  echoesAwareness: false,
};

/** Hocuspocus puts the document's name before each message, and waits for a token even where it asks for none. */
export const hocuspocusDialect: Dialect = {
  ...yWebsocketDialect,
  prefix: shortString,
  // Message 2, auth; 0, a token.
  greeting: Buffer.concat([Buffer.of(2, 0), shortString("token")]),
};

/** A string of less than 128 bytes behind its length. */
function shortString(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  if (bytes.length > 127) throw new RangeError(`"${text}" is too long for a name`);
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}
