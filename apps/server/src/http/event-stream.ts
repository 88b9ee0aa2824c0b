import type { ServerResponse } from "node:http";

/** What a client leaves unread before events are left out. */
const waitingBytesMax = 64 * 1024;
/** How soon a browser comes back after the connection was lost, in milliseconds. */
const retryMs = 3000;

/**
 * Server-sent events on a response that nobody else writes to. Each event is whole by itself: to a client that does not
 * read, none are sent until it does.
 */
export class EventStream {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse, requestId: string) {
    this.#response = response;
    response.writeHead(200, {
      "x-request-id": requestId,
      "content-type": "text/event-stream; charset=utf-8",
      // Proxies neither keep, compress nor gather what is sent.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    response.write(`retry: ${retryMs}\n\n`);
  }

  /** @param data without line ends, as JSON is */
  send(event: string, data: string): void {
    this.#write(`event: ${event}\ndata: ${data}\n\n`);
  }

  /** Says nothing, so that the connection is not taken for a dead one. */
  keepAlive(): void {
    this.#write(":\n\n");
  }

  end(): void {
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.writableLength > waitingBytesMax) return;
    this.#response.write(text);
  }
}
