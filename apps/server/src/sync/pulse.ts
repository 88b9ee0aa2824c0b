/** What shows from outside whether anybody is at the other end of a connection. Bytes count from its start. */
export interface Pulse {
  readonly receivedBytes: number;
  /** Bytes that have left this process. */
  readonly sentBytes: number;
  /** Bytes that wait in this process, since the system takes no more. */
  readonly waitingBytes: number;
}

/**
 * Whether a client that has not answered a ping has done something else between the two moments. It answers late if
 * it is in the middle of a long message, or has yet to read what came before the ping.
 */
export function showsLife(before: Pulse, now: Pulse): boolean {
  if (now.receivedBytes > before.receivedBytes) return true;
  // The system takes bytes for a client that is gone, too, but not for ever: only room that it finds anew tells that
  // somebody has read.
  return before.waitingBytes > 0 && now.sentBytes > before.sentBytes;
}
