/** Key of the records that concern the instance as a whole, and no one document. */
export const instanceKey: Uint8Array = new Uint8Array(16);

/** The streams of a document's records in the log, and the kinds of record in each. Numbers are never reused. */
export const Stream = {
  text: 1,
  catalogue: 2,
} as const;

export const TextKind = {
  /** Payload: a Yjs update, as it came from the client. */
  update: 1,
  /**
   * Payload: a Yjs update, the text as it was at the moment that the document's `snapshot` just before it names. It
   * stands for updates that were dropped, and is no edit.
   */
  checkpoint: 2,
} as const;

export const CatalogueKind = {
  /** Payload: JSON `{title, language?, tags?}`. */
  created: 1,
  /** Payload: JSON `{title}`. */
  renamed: 2,
  /** To the trash. No payload. */
  deleted: 3,
  /** Out of the trash. No payload. */
  restored: 4,
  /**
   * Under `instanceKey`: all before it was restored to an earlier moment, and what came after that moment is gone.
   * Payload: JSON `{epoch, at}`, the new epoch of the documents there are, and the moment, ISO 8601.
   */
  restoredTo: 5,
  /**
   * What the records of a document say up to a moment, so that they can be dropped. Projections begin with it where
   * they are gone, and pass over it where they are there. Payload: JSON `{asOf, …}`, see `SnapshotRecord`.
   */
  snapshot: 6,
  /** Payload: JSON `{tags}`, all that the document has from now on. */
  tagged: 7,
  /**
   * Who an author is, as the connection says it: from here on, and of what it has written before. Payload: JSON
   * `{actor, name, person?}`.
   */
  author: 8,
  /**
   * How the document was used since the last such record: how often it was opened, how often its text was fetched, and
   * how many connections were open at once at most. Payload: JSON `{views, exports, connectionsPeak}`.
   */
  usage: 9,
  /**
   * The document came from elsewhere, with the records before this one. Payload: JSON `{from, epoch}`: what it was made
   * of, and the epoch that it has from now on.
   */
  imported: 10,
} as const;
