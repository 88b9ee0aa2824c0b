/** Follows one edit from the frame that brought it to the disk and to the others. */
export interface EditTrace {
  /** It was new, and the log has taken it. */
  appended(position: number, revision: bigint): void;
  /** It was sent to so many others. */
  relayed(receivers: number): void;
  /** It is on the disk, and the sender is told next. The trace ends. */
  durable(): void;
  /** It is not going to be on the disk. The trace ends. */
  failed(error: unknown): void;
}

/** Chooses the few edits that are followed. Undefined stands for the many that are not. */
export interface EditTracer {
  /**
   * @param parent the W3C trace context (`traceparent`) of the connection, if it has one
   * @param bytes of the message
   */
  begin(documentId: string, parent: string | undefined, bytes: number): EditTrace | undefined;
}
