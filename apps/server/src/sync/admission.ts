import type { IncomingMessage } from "node:http";
import { CloseCode } from "@scriptorium/protocol";
import { TokenBucket } from "./token-bucket";

/** Why a connection is not let in, in a word, as metrics count it. */
export type RefusalCause =
  | "document_full"
  | "foreign_origin"
  | "in_trash"
  | "log_unavailable"
  | "not_ready"
  | "restarting"
  | "server_full"
  | "stale_epoch"
  | "too_fast"
  | "unknown_document"
  | "unreadable";

/** Why a connection is not let in, as a close code and a sentence. */
export interface Refusal {
  readonly code: number;
  readonly reason: string;
  readonly cause: RefusalCause;
}

export interface AdmissionLimits {
  readonly connectionsMax: number;
  readonly connectionsPerDocumentMax: number;
  /** Connections that one address may open per second in the long run; at once it may open twenty times as many. */
  readonly openingsPerSecond: number;
  /** How many proxies before this server add an address to `X-Forwarded-For`; 0 ignores the header. */
  readonly trustedProxies: number;
}

const burstSeconds = 20;

/** Decides how many connections come in, and how fast. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #openings = new Map<string, TokenBucket>();
  readonly #now: () => number;

  constructor(limits: AdmissionLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts an attempt to connect. Undefined if it may go on. */
  refuse(request: IncomingMessage): Refusal | undefined {
    const { openingsPerSecond, trustedProxies } = this.#limits;
    const address = addressOf(request, trustedProxies);
    let bucket = this.#openings.get(address);
    if (bucket === undefined) {
      bucket = new TokenBucket(openingsPerSecond, burstSeconds * openingsPerSecond, this.#now());
      this.#openings.set(address, bucket);
    }
    if (bucket.spend(1, this.#now) === 0) return undefined;
    bucket.spend(-1, this.#now);
    return {
      code: CloseCode.tooFast,
      reason: "too many new connections from this address",
      cause: "too_fast",
    };
  }

  /** Whether one more may come in where `connections` are open in all. */
  refuseToServer(connections: number): Refusal | undefined {
    if (connections < this.#limits.connectionsMax) return undefined;
    return {
      code: CloseCode.overloaded,
      reason: "the server has as many connections as it may have",
      cause: "server_full",
    };
  }

  /** Whether one more may come in where `members` are. */
  refuseToRoom(members: number): Refusal | undefined {
    if (members < this.#limits.connectionsPerDocumentMax) return undefined;
    return {
      code: CloseCode.overloaded,
      reason: "as many people are here as the server allows",
      cause: "document_full",
    };
  }

  /** Forgets addresses that have not come for a while. To be called now and then. */
  forgetQuiet(): void {
    for (const [address, bucket] of this.#openings)
      if (bucket.isFull(this.#now)) this.#openings.delete(address);
  }
}

/** The address of the client, as the nearest trusted proxy saw it. */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const peer = request.socket.remoteAddress ?? "";
  if (trustedProxies === 0) return peer;
  // Each proxy adds the address that it saw at the end; what stands before is the client's own claim.
  const seen = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const address = seen.at(-trustedProxies)?.trim();
  return address === undefined || address === "" ? peer : address;
}
