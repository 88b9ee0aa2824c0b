import type { Page, WebSocketRoute } from "@playwright/test";
import { type DocumentEvent, encodeEvent } from "../../packages/protocol/src/index";

/** Stands on a page's way to the server, and can say what a server says in times of trouble, or keep silent. */
export class Wire {
  /** What the page connected to, oldest first. */
  readonly urls: URL[] = [];
  /** Whether what the page sends is lost. */
  swallows = false;
  #route: WebSocketRoute | undefined;

  /** Before the page opens a document. */
  static async tap(page: Page): Promise<Wire> {
    const wire = new Wire();
    await page.routeWebSocket(/\/ws\//, (route) => wire.#connect(route));
    return wire;
  }

  tell(event: DocumentEvent): void {
    this.#route?.send(Buffer.from(encodeEvent(event)));
  }

  /** As a server does after a restore: refuses what is of the epoch before. Later connections go through. */
  async restore(): Promise<void> {
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
  }
}
