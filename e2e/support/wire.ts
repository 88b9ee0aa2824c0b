import type { Page, WebSocketRoute } from "@playwright/test";
import { type DocumentEvent, encodeDurable, encodeEvent } from "../../packages/protocol/src/index";

/** Stands on a page's way to the server, and can say what a server says that is not there yet, or keep silent. */
export class Wire {
  /** What the page connected to, oldest first. */
  readonly urls: URL[] = [];
  /** The epoch that every connection is told first. */
  epoch: string;
  /** Whether what the page sends is lost. */
  swallows = false;
  #route: WebSocketRoute | undefined;

  private constructor(epoch: string) {
    this.epoch = epoch;
  }

  /** Before the page opens a document. */
  static async tap(page: Page, epoch: string): Promise<Wire> {
    const wire = new Wire(epoch);
    await page.routeWebSocket(/\/ws\//, (route) => wire.#connect(route));
    return wire;
  }

  tell(event: DocumentEvent): void {
    this.#send(encodeEvent(event));
  }

  noteQuiet(revision: bigint): void {
    this.#send(encodeDurable(0, revision));
  }

  /** As a server does after a restore: refuses what is of the epoch before. Later connections go through. */
  async restore(epoch: string): Promise<void> {
    this.epoch = epoch;
    this.swallows = false;
    await this.#route?.close({ code: 4409, reason: "the document was restored to an earlier state" });
  }

  #connect(route: WebSocketRoute): void {
    this.urls.push(new URL(route.url()));
    this.#route = route;
    const server = route.connectToServer();
    let lost = false;
    route.onMessage((message) => {
      // What follows on something lost would be refused.
      lost ||= this.swallows;
      if (!lost) server.send(message);
    });
    server.onMessage((message) => route.send(message));
    this.tell({ type: "joined", epoch: this.epoch, resumed: false });
  }

  #send(message: Uint8Array): void {
    this.#route?.send(Buffer.from(message));
  }
}
