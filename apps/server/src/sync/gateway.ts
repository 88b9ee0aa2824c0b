import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type DocumentId, parseDocumentId, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { CloseCode, encodeAwareness, protocolVersion, writeAwarenessUpdate } from "@scriptorium/protocol";
import { type WebSocket, WebSocketServer } from "ws";
import type { Logger } from "../observability/logger";
import type { Metrics } from "../observability/metrics";
import { isAllowedOrigin } from "../security/origin";
import { GatewaySocket } from "./gateway-socket";
import type { Room } from "./room";
import type { Rooms } from "./rooms";
import { Session } from "./session";

export interface GatewayOptions {
  readonly rooms: Rooms;
  readonly documentState: (id: DocumentId) => "present" | "deleted" | "unknown";
  /** Undefined once clients can be let in, else why not yet. */
  readonly notReadyBecause: () => string | undefined;
  readonly baseUrl: URL | undefined;
  readonly messageBytesMax: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

interface Refusal {
  readonly code: number;
  readonly reason: string;
}

/** Half of the time within which a connection that died silently is found out. */
const heartbeatMs = 10_000;
const sendBufferBytesMax = 64 * 1024 * 1024;
const nobody = encodeAwareness(writeAwarenessUpdate([]));

/** Accepts WebSockets at `/ws/<documentId>` and leads each to its room. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #sockets: WebSocketServer;
  readonly #actors = new UlidGenerator();
  /** Each open session, and whether its socket has answered the last ping. */
  readonly #sessions = new Map<WebSocket, { readonly session: Session; alive: boolean }>();
  /** Every socket that asked for a WebSocket and is not closed, let in or not. */
  readonly #raw = new Set<Duplex>();
  readonly #heartbeat: NodeJS.Timeout;
  #peak = 0;
  #draining = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: options.messageBytesMax,
      perMessageDeflate: false,
      WebSocket: GatewaySocket,
    });
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
  }

  /** Takes over the WebSocket handshakes of `server`. */
  attach(server: Server): void {
    server.on("upgrade", (request, socket, head) => {
      // Errors of the raw socket end in its closing, which all below notices.
      socket.on("error", () => socket.destroy());
      this.#raw.add(socket);
      socket.once("close", () => this.#raw.delete(socket));
      this.#upgrade(request, socket, head).catch((error: unknown) => {
        this.#options.logger.error({ err: error }, "WebSocket handshake failed");
        socket.destroy();
      });
    });
  }

  /**
   * Refuses new connections, tells everybody to come back later, and resolves when all sockets are closed: by
   * themselves within `budgetMs`, or by force then.
   */
  async drain(budgetMs: number): Promise<void> {
    this.#draining = true;
    clearInterval(this.#heartbeat);
    const closed = [...this.#raw].map(
      (socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())),
    );
    this.#options.rooms.announceToAll({ type: "draining" });
    this.#options.rooms.closeAll(CloseCode.restarting, "the server is restarting");
    const impatience = setTimeout(() => {
      for (const socket of this.#raw) socket.destroy();
    }, budgetMs);
    await Promise.all(closed);
    clearTimeout(impatience);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const name = /^\/ws\/([^/]+)$/.exec(url.pathname)?.[1];
    if (name === undefined) {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const documentId = parseDocumentId(name);
    const refusal = this.#refusal(request, documentId);
    if (refusal !== undefined || documentId === undefined) {
      this.#refuse(request, socket, head, refusal ?? notFound);
      return;
    }
    // The room is there before the handshake ends, so no message can come too early.
    const room = await this.#options.rooms.acquire(documentId).catch((error: unknown) => {
      this.#options.logger.error({ err: error, document: documentId }, "cannot open the room");
      return undefined;
    });
    if (room === undefined) {
      this.#refuse(request, socket, head, {
        code: CloseCode.overloaded,
        reason: "the document cannot be read",
      });
      return;
    }
    // Meanwhile the server may have begun to stop, or the document may have been deleted.
    const change = this.#refusal(request, documentId);
    if (change !== undefined) {
      this.#options.rooms.release(room);
      this.#refuse(request, socket, head, change);
      return;
    }
    let accepted = false;
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      accepted = true;
      this.#accept(webSocket, room, url.searchParams.get("v") === protocolVersion);
    });
    // The client left while the room was being opened.
    if (!accepted) this.#options.rooms.release(room);
  }

  #refusal(request: IncomingMessage, documentId: DocumentId | undefined): Refusal | undefined {
    const { baseUrl, notReadyBecause, documentState } = this.#options;
    if (this.#draining) return { code: CloseCode.restarting, reason: "the server is restarting" };
    if (!isAllowedOrigin(request, baseUrl)) {
      return { code: CloseCode.notAllowed, reason: "pages of another origin may not connect" };
    }
    if (documentId === undefined) return notFound;
    const notReady = notReadyBecause();
    if (notReady !== undefined) return { code: CloseCode.overloaded, reason: notReady };
    return refusals[documentState(documentId)];
  }

  /** Ends the handshake all the same: only a close code tells a client whether to come back. */
  #refuse(request: IncomingMessage, socket: Duplex, head: Buffer, { code, reason }: Refusal): void {
    this.#options.metrics.connectionsClosed.inc({ code: String(code) });
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("error", () => webSocket.terminate());
      webSocket.close(code, reason);
    });
  }

  #accept(socket: WebSocket, room: Room, extended: boolean): void {
    const { rooms, metrics, logger } = this.#options;
    const session = new Session({
      socket,
      room,
      author: ulidToBytes(this.#actors.next()),
      extended,
      sendBufferBytesMax,
      metrics,
      logger,
    });
    const entry = { session, alive: true };
    this.#sessions.set(socket, entry);
    this.#peak = Math.max(this.#peak, this.#sessions.size);
    metrics.connectionsOpened.inc();
    metrics.connections.set(this.#sessions.size);
    metrics.connectionsPeak.set(this.#peak);
    socket.on("pong", () => {
      entry.alive = true;
    });
    // ws closes the socket itself after an error: with 4413 for an oversized message, 1002 or 1007 for a broken frame.
    socket.on("error", (error) => {
      const tooLarge = "code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
      metrics.messagesRejected.inc({ reason: tooLarge ? "too_large" : "broken_frame" });
      if (tooLarge) metrics.connectionsClosed.inc({ code: String(CloseCode.tooLarge) });
    });
    socket.on("close", () => {
      this.#sessions.delete(socket);
      metrics.connections.set(this.#sessions.size);
      session.end();
      rooms.release(room);
    });
    session.start();
  }

  #beat(): void {
    for (const [socket, entry] of this.#sessions) {
      if (!entry.alive) {
        socket.terminate();
        continue;
      }
      entry.alive = false;
      socket.ping();
      entry.session.keepAlive(nobody);
    }
  }
}

const notFound: Refusal = { code: CloseCode.notFound, reason: "there is no such document" };

const refusals = {
  present: undefined,
  deleted: { code: CloseCode.deleted, reason: "the document was deleted" },
  unknown: notFound,
} as const;
