/**
 * Counts the local edits that the server has not yet acknowledged as durable.
 *
 * The server acknowledges messages, not edits: "the first n sync messages of this connection that carried updates".
 * So each message in flight remembers how many edits it carries: an update carries the edit that caused it, and the
 * handshake's step 2 carries every edit made before it, on this connection or without one.
 */
export class UnsavedEdits {
  /** Edits that no message in flight carries. */
  #waiting: number;
  /** Edits per message that was sent on this connection and is not acknowledged, oldest first. */
  #inFlight: number[] = [];
  #acknowledged = 0;

  /** @param carriedOver edits that an earlier visit left unacknowledged */
  constructor(carriedOver = 0) {
    this.#waiting = carriedOver;
  }

  get count(): number {
    let count = this.#waiting;
    for (const edits of this.#inFlight) count += edits;
    return count;
  }

  /** Whether a message is on its way that the server has not acknowledged. */
  get awaitsAcknowledgement(): boolean {
    return this.#inFlight.length > 0;
  }

  /** An edit was made that could not be sent: the next handshake carries it. */
  kept(): void {
    this.#waiting++;
  }

  /** An update message was sent; `edits` is 0 for one that only passes on what another source brought. */
  sentUpdate(edits: 0 | 1): void {
    this.#inFlight.push(edits);
  }

  /** A step 2 was sent: it carries everything that the server did not have. */
  sentHandshake(): void {
    this.#inFlight.push(this.#waiting);
    this.#waiting = 0;
  }

  /** The server has the first `messages` messages of this connection on disk. Numbers that go back are ignored. */
  acknowledged(messages: number): void {
    const newly = Math.min(messages - this.#acknowledged, this.#inFlight.length);
    if (newly <= 0) return;
    this.#inFlight.splice(0, newly);
    this.#acknowledged += newly;
  }

  /** A connection ended: what was in flight may be lost, and counts as not sent. */
  connectionLost(): void {
    this.#waiting = this.count;
    this.#inFlight = [];
    this.#acknowledged = 0;
  }
}
