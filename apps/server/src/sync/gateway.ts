import type { IncomingMessage, Server } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type DocumentId, parseDocumentId, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { CloseCode, encodeAwareness, protocolVersion, writeAwarenessUpdate } from "@scriptorium/protocol";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { basePathOf, withoutBasePath } from "../config/base-path";
import type { EditObserver } from "../observability/activity/activity";
import type { Logger } from "../observability/logger";
import type { Metrics } from "../observability/metrics";
import type { EditTracer } from "../observability/telemetry/edit-trace";
import { isAllowedOrigin } from "../security/origin";
import { Admission, type AdmissionLimits, type Refusal } from "./admission";
import { encodeFrame } from "./frame";
import { GatewaySocket } from "./gateway-socket";
import { Outbox } from "./outbox";
import { type Pulse, showsLife } from "./pulse";
import type { Resumption } from "./resumption";
import type { Room } from "./room";
import type { Rooms } from "./rooms";
import { Session, type SessionContext, type SessionLimits, type SessionOptions } from "./session";

export interface GatewayOptions {
  readonly rooms: Rooms;
  readonly documentState: (id: DocumentId) => "present" | "deleted" | "unknown";
  /** Undefined once clients can be let in, else why not yet. */
  readonly notReadyBecause: () => string | undefined;
  readonly baseUrl: URL | undefined;
  readonly messageBytesMax: number;
  readonly limits: SessionLimits & AdmissionLimits;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Undefined where no edits are followed. */
  readonly tracer?: EditTracer | undefined;
  /** Told who has edited what; undefined where nobody wants to know. */
  readonly observer?: EditObserver | undefined;
}

/** Time between two pings. */
const heartbeatMs = 10_000;
/** Pings that a client may leave without an answer, or any other sign of life. */
const silentBeatsMax = 2;
/** A first sync of fewer bytes is not worth the memory and the time that compression takes. */
const compressedBytesMin = 16 * 1024;
const nobody = encodeFrame(encodeAwareness(writeAwarenessUpdate([])));

/** How long a client has shown no life, and how its connection stood at the last heartbeat. */
interface Silence {
  readonly beats: number;
  readonly pulse: Pulse;
}

/** Accepts WebSockets at `/ws/<documentId>` and leads each to its room. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #context: SessionContext;
  readonly #admission: Admission;
  readonly #plain: WebSocketServer;
  /** Agrees on permessage-deflate with clients that offer it. */
  readonly #compressing: WebSocketServer;
  /** The sockets of open sessions. */
  readonly #sockets = new Set<GatewaySocket>();
  /** Those that have not answered the last ping. */
  readonly #silent = new Map<GatewaySocket, Silence>();
  /** Every socket that asked for a WebSocket and is not closed, let in or not. */
  readonly #raw = new Set<Duplex>();
  readonly #heartbeat: NodeJS.Timeout;
  #peak = 0;
  #draining = false;

  constructor(options: GatewayOptions) {
    const { metrics, logger, limits, messageBytesMax, tracer } = options;
    const actors = new UlidGenerator();
    this.#options = options;
    this.#context = { metrics, logger, limits, tracer, mintAuthor: () => ulidToBytes(actors.next()) };
    this.#admission = new Admission(limits);
    const shared = {
      noServer: true,
      clientTracking: false,
      maxPayload: messageBytesMax,
      WebSocket: GatewaySocket,
    };
    this.#plain = new WebSocketServer({ ...shared, perMessageDeflate: false });
    this.#compressing = new WebSocketServer({
      ...shared,
      // No context outlives a message: a connection would hold 300 kB for it.
      perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true },
    });
    metrics.instruments.observe(
      "saturation",
      "gauge",
      "scriptorium_send_buffer_bytes",
      "Bytes that wait in memory for clients to read them",
      () => this.#waitingBytes(),
    );
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
  }

  /** Takes over the WebSocket handshakes of `server`. */
  attach(server: Server): void {
    server.on("upgrade", (request, socket, head) => {
      if (!(socket instanceof Socket)) throw new Error("an HTTP server of another kind");
      // Errors of the raw socket end in its closing, which all below notices.
      socket.on("error", () => socket.destroy());
      this.#raw.add(socket);
      socket.once("close", () => this.#raw.delete(socket));
      this.#upgrade(request, socket, head).catch((error: unknown) => {
        this.#options.metrics.errors.inc({ kind: "handshake" });
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

  async #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const basePath = basePathOf(this.#options.baseUrl);
    const url = new URL(withoutBasePath(request.url ?? "/", basePath), "http://localhost");
    const name = /^\/ws\/([^/]+)$/.exec(url.pathname)?.[1];
    if (name === undefined) {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const documentId = parseDocumentId(name);
    const refusal =
      this.#admission.refuse(request) ??
      this.#admission.refuseToServer(this.#sockets.size) ??
      this.#refusal(request, documentId);
    if (refusal !== undefined || documentId === undefined) {
      this.#refuse(request, socket, head, refusal ?? notFound);
      return;
    }
    // The room is there before the handshake ends, so no message can come too early.
    const room = await this.#options.rooms.acquire(documentId).catch((error: unknown) => {
      this.#options.metrics.errors.inc({ kind: "room" });
      this.#options.logger.error({ err: error, document: documentId }, "cannot open the room");
      return undefined;
    });
    if (room === undefined) {
      const reason = "the document cannot be read";
      this.#refuse(request, socket, head, { code: CloseCode.overloaded, reason, cause: "unreadable" });
      return;
    }
    let accepted = false;
    try {
      const resumption = await this.#resumption(room, url.searchParams);
      const isLarge = resumption === undefined && room.content.bytes >= compressedBytesMin;
      const compresses = isLarge && offersCompression(request);
      if (compresses) await room.content.compress();
      // Meanwhile the server may have begun to stop, the document may have been deleted, others may have come in.
      const change = this.#refusal(request, documentId) ?? this.#refusalOf(room, url.searchParams);
      if (change !== undefined) {
        this.#refuse(request, socket, head, change);
        return;
      }
      const server = compresses ? this.#compressing : this.#plain;
      server.handleUpgrade(request, socket, head, (webSocket) => {
        if (!(webSocket instanceof GatewaySocket)) throw new Error("a socket of another class");
        accepted = true;
        const extended = url.searchParams.get("v") === protocolVersion;
        const traceParent = traceParentOf(request, url.searchParams);
        const outbox = new Outbox(socket);
        this.#accept({ socket: webSocket, outbox, room, extended, resumption, traceParent });
      });
    } finally {
      // Refused, or the client left while the room was being opened.
      if (!accepted) this.#options.rooms.release(room);
    }
  }

  /** What a client lacks that says which revision it has. */
  async #resumption(room: Room, parameters: URLSearchParams): Promise<Resumption | undefined> {
    const since = parameters.get("since");
    const isOurs = parameters.get("v") === protocolVersion && parameters.get("epoch") === room.epoch;
    if (!isOurs || since === null || !/^\d{1,20}$/.test(since)) return undefined;
    try {
      return await room.resumption(BigInt(since));
    } catch (error) {
      // The log is damaged there. The checkpoint holds all of it, and the client would come back with the same wish.
      this.#options.logger.warn(
        { err: error, document: room.documentId },
        "cannot read what a client missed",
      );
      return undefined;
    }
  }

  #refusalOf(room: Room, parameters: URLSearchParams): Refusal | undefined {
    if (room.hasFailed) return cannotWrite;
    const epoch = parameters.get("epoch");
    if (epoch !== null && epoch !== room.epoch) return staleEpoch;
    return (
      this.#admission.refuseToServer(this.#sockets.size) ?? this.#admission.refuseToRoom(room.memberCount)
    );
  }

  #refusal(request: IncomingMessage, documentId: DocumentId | undefined): Refusal | undefined {
    const { baseUrl, notReadyBecause, documentState } = this.#options;
    if (this.#draining) {
      return { code: CloseCode.restarting, reason: "the server is restarting", cause: "restarting" };
    }
    if (!isAllowedOrigin(request, baseUrl)) {
      const reason = "pages of another origin may not connect";
      return { code: CloseCode.notAllowed, reason, cause: "foreign_origin" };
    }
    if (documentId === undefined) return notFound;
    const notReady = notReadyBecause();
    if (notReady !== undefined) return { code: CloseCode.overloaded, reason: notReady, cause: "not_ready" };
    return refusals[documentState(documentId)];
  }

  /** Ends the handshake all the same: only a close code tells a client whether to come back. */
  #refuse(request: IncomingMessage, socket: Duplex, head: Buffer, { code, reason, cause }: Refusal): void {
    this.#options.metrics.connectionsRejected.inc({ reason: cause });
    this.#options.metrics.connectionsClosed.inc({ code: String(code) });
    this.#plain.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("error", terminate);
      webSocket.close(code, reason);
    });
  }

  #accept(options: SessionOptions & { readonly socket: GatewaySocket }): void {
    const { metrics } = this.#options;
    const { socket, resumption } = options;
    const session = new Session(options, this.#context);
    socket.session = session;
    this.#sockets.add(socket);
    this.#peak = Math.max(this.#peak, this.#sockets.size);
    metrics.connectionsOpened.inc();
    if (resumption !== undefined) metrics.connectionsResumed.inc();
    metrics.connections.set(this.#sockets.size);
    metrics.connectionsPeak.set(this.#peak);
    socket.on("message", receive);
    socket.on("pong", this.#onPong);
    socket.on("error", this.#onError);
    socket.on("close", this.#onClose);
    session.start();
    if (this.#isNoting) this.#note("connected", session);
  }

  readonly #onPong = answering((socket) => {
    this.#silent.delete(socket);
  });

  // ws closes the socket itself after an error: with 4413 for an oversized message, 1002 or 1007 for a broken frame.
  readonly #onError = (error: Error) => {
    const { metrics } = this.#options;
    const tooLarge = "code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
    metrics.messagesRejected.inc({ reason: tooLarge ? "too_large" : "broken_frame" });
    if (tooLarge) metrics.connectionsClosed.inc({ code: String(CloseCode.tooLarge) });
  };

  readonly #onClose = answering((socket) => {
    this.#sockets.delete(socket);
    this.#silent.delete(socket);
    this.#options.metrics.connections.set(this.#sockets.size);
    const { session } = socket;
    if (session === undefined) return;
    this.#reportEdits(session);
    session.end();
    this.#options.rooms.release(session.room);
    if (this.#isNoting) this.#note("disconnected", session);
  });

  /** Thousands may come at once: not even an ID is made for a line that nobody wants. */
  get #isNoting(): boolean {
    return this.#options.logger.isLevelEnabled("debug");
  }

  #note(event: string, { connectionId, room }: Session): void {
    const { logger } = this.#options;
    logger.debug(
      { connection: connectionId, document: room.documentId, revision: String(room.revision) },
      event,
    );
  }

  #waitingBytes(): number {
    let bytes = 0;
    for (const { session } of this.#sockets) bytes += session?.waitingBytes ?? 0;
    return bytes;
  }

  #beat(): void {
    this.#admission.forgetQuiet();
    for (const socket of this.#sockets) {
      const { session } = socket;
      if (session === undefined) continue;
      if (this.#isGone(socket, session.pulse)) {
        socket.terminate();
        continue;
      }
      socket.ping();
      session.keepAlive(nobody);
    }
    this.reportEdits();
  }

  /** Tells the observer what was edited since the last time: by itself with every heartbeat. */
  reportEdits(): void {
    for (const { session } of this.#sockets) if (session !== undefined) this.#reportEdits(session);
  }

  #reportEdits(session: Session): void {
    const edits = session.takeEdits();
    if (edits > 0) this.#options.observer?.edited(session.room.documentId, session.editor, edits);
  }

  /** Takes note of how a connection stands; until the next heartbeat its client counts as silent. */
  #isGone(socket: GatewaySocket, pulse: Pulse): boolean {
    const silence = this.#silent.get(socket);
    // Of a client that is not read for a while, because it sent too much, no answer can be seen.
    const showedLife = silence === undefined || socket.isPaused || showsLife(silence.pulse, pulse);
    const beats = showedLife ? 0 : silence.beats + 1;
    this.#silent.set(socket, { beats, pulse });
    return beats === silentBeatsMax;
  }
}

/** Browsers cannot set the headers of a WebSocket: their clients name the trace in the address. */
function traceParentOf({ headers }: IncomingMessage, parameters: URLSearchParams): string | undefined {
  const { traceparent } = headers;
  return (typeof traceparent === "string" ? traceparent : parameters.get("traceparent")) ?? undefined;
}

function offersCompression({ headers }: IncomingMessage): boolean {
  return headers["sec-websocket-extensions"]?.includes("permessage-deflate") ?? false;
}

/** A listener that is told its socket as an argument, so that all sockets share it. */
function answering(listener: (socket: GatewaySocket) => void) {
  return function (this: WebSocket): void {
    if (this instanceof GatewaySocket) listener(this);
  };
}

function receive(this: WebSocket, data: RawData, isBinary: boolean): void {
  if (this instanceof GatewaySocket) this.session?.receive(data, isBinary);
}

function terminate(this: WebSocket): void {
  this.terminate();
}

const cannotWrite: Refusal = {
  code: CloseCode.overloaded,
  reason: "the server cannot write to its disk",
  cause: "log_unavailable",
};

const staleEpoch: Refusal = {
  code: CloseCode.staleEpoch,
  reason: "the document was set back to an earlier state",
  cause: "stale_epoch",
};

const notFound: Refusal = {
  code: CloseCode.notFound,
  reason: "there is no such document",
  cause: "unknown_document",
};

const refusals = {
  present: undefined,
  deleted: { code: CloseCode.deleted, reason: "the document was deleted", cause: "in_trash" },
  unknown: notFound,
} as const;
