/** A WebSocket whose other end is a test. What happens to the client waits until {@link FakeSocket.flush}. */
export class FakeSocket {
  readonly OPEN = 1;
  readonly url: string;
  binaryType = "blob";
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  /** Bytes of all frames that the client sent. */
  bytesSent = 0;
  /** Bytes of all frames that were sent to the client. */
  bytesArrived = 0;
  #sent: Uint8Array[] = [];
  #arriving: (() => void)[] = [];

  constructor(url: string) {
    this.url = url;
  }

  /** For the client. */
  send(bytes: Uint8Array): void {
    if (this.readyState !== 1) throw new Error("sent on a socket that is not open");
    this.bytesSent += bytes.length;
    this.#sent.push(bytes.slice());
  }

  /** For the client. */
  close(): void {
    this.readyState = 3;
    this.#arriving = [];
  }

  /** What the client sent since the last call. */
  takeSent(): Uint8Array[] {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  arriveOpen(): void {
    this.#arriving.push(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }

  arriveFrame(...messages: Uint8Array[]): void {
    const frame = Uint8Array.from(messages.flatMap((message) => [...message]));
    this.bytesArrived += frame.length;
    this.#arriving.push(() => this.onmessage?.({ data: frame.buffer }));
  }

  arriveClose(code: number, reason: string): void {
    this.#arriving.push(() => {
      this.readyState = 3;
      this.onclose?.({ code, reason });
    });
  }

  /** As browsers do when nobody answers: an error, then a close. */
  arriveFailure(): void {
    this.#arriving.push(() => this.onerror?.({ type: "error" }));
    this.arriveClose(1006, "");
  }

  flush(): void {
    for (let next = this.#arriving.shift(); next !== undefined; next = this.#arriving.shift()) next();
  }
}
