export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Reads server-sent events as a browser's `EventSource` does, but never comes back. */
export class EventReader {
  readonly headers: Headers;
  /** Resolves when the server has ended the stream in good order; with false if the connection broke. */
  readonly ended: Promise<boolean>;
  readonly #abort: AbortController;
  readonly #events: ServerSentEvent[] = [];
  #wake = () => {};
  #isOver = false;

  private constructor(response: Response, abort: AbortController) {
    this.headers = response.headers;
    this.#abort = abort;
    this.ended = this.#read(response).then(
      () => true,
      () => false,
    );
    void this.ended.finally(() => {
      this.#isOver = true;
      this.#wake();
    });
  }

  static async open(url: string): Promise<EventReader> {
    const abort = new AbortController();
    const response = await fetch(url, { signal: abort.signal });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return new EventReader(response, abort);
  }

  /** @throws if there will be none */
  async next(): Promise<ServerSentEvent> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.#isOver) throw new Error("the stream has ended");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #read({ body }: Response): Promise<void> {
    if (body === null) return;
    let text = "";
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const fields = new Map(
      block.split("\n").map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
      }),
    );
    const data = fields.get("data");
    if (data === undefined) return;
    this.#events.push({ event: fields.get("event") ?? "message", data });
    this.#wake();
  }
}
