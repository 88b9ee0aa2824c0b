declare const format: unique symbol;
declare const names: unique symbol;

/** A ULID in its canonical form: 26 upper-case characters. Only `parseUlid`, `ulidFromBytes` and generators make one. */
export type Ulid = string & { readonly [format]: "Ulid" };

/** Names a document. Any `DocumentId` is a `Ulid`, never the reverse. */
export type DocumentId = Ulid & { readonly [names]: "DocumentId" };

/** Names who acts: a person or a session. */
export type ActorId = Ulid & { readonly [names]: "ActorId" };
