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
  #count: number;

  /** @param carriedOver edits that an earlier visit left unacknowledged */
  constructor(carriedOver = 0) {
    this.#waiting = this.#count = carriedOver;
  }

  get count(): number {
    return this.#count;
  }

  /** Whether a message is on its way that the server has not acknowledged. */
  get awaitsAcknowledgement(): boolean {
    return this.#inFlight.length > 0;
  }

  /** An edit was made that could not be sent: the next handshake carries it. */
  kept(): void {
    this.#waiting++;
    this.#count++;
  }

  /**
   * An update message was sent; `edits` is 0 for one that only passes on what another source brought. Returns the
   * message's number on this connection.
   */
  sentUpdate(edits: 0 | 1): number {
    this.#count += edits;
    return this.#send(edits);
  }

  /** A step 2 was sent: it carries everything that the server did not have. Returns the message's number. */
  sentHandshake(): number {
    const edits = this.#waiting;
    this.#waiting = 0;
    return this.#send(edits);
  }

  /** The server has the first `messages` messages of this connection on disk. Numbers that go back are ignored. */
  acknowledged(messages: number): void {
    const newly = Math.min(messages - this.#acknowledged, this.#inFlight.length);
    if (newly <= 0) return;
    for (const edits of this.#inFlight.splice(0, newly)) this.#count -= edits;
    this.#acknowledged += newly;
  }

  /** A connection ended: what was in flight may be lost, and counts as not sent. */
  connectionLost(): void {
    this.#waiting = this.#count;
    this.#inFlight = [];
    this.#acknowledged = 0;
  }

  #send(edits: number): number {
    this.#inFlight.push(edits);
    return this.#acknowledged + this.#inFlight.length;
  }
}
