import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as elapsed } from "node:timers/promises";
import type { PRNG } from "lib0/prng";
import * as prng from "lib0/prng";

/** One in so many pieces meets a fault. */
const piecesPerFault = 60;
const delayMsMax = 8;

/**
 * A network between clients and a server: while it is rough, it delays and cuts up what it carries, resets and ends
 * connections, closes one direction, lets one direction stall, and goes on delivering to the server what a client sent
 * that is long gone and back on another connection. The seed decides, as far as time allows.
 */
export class RoughNetwork {
  readonly #server: Server;
  readonly #upstreamPort: number;
  readonly #random: PRNG;
  readonly #links = new Set<Link>();
  /** How often each fault happened. */
  readonly faults: Record<Fault, number> = { reset: 0, end: 0, abandon: 0, halfClose: 0, stall: 0 };
  #state: "rough" | "shut" | "calm" = "rough";

  private constructor(upstreamPort: number, random: PRNG) {
    this.#upstreamPort = upstreamPort;
    this.#random = random;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async listen(upstreamPort: number, random: PRNG): Promise<RoughNetwork> {
    const network = new RoughNetwork(upstreamPort, random);
    network.#server.listen(0, "127.0.0.1");
    await once(network.#server, "listening");
    return network;
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ws`;
  }

  /** Lets nobody through until {@link roughen} or {@link heal}; what is under way goes on. */
  shut(): void {
    this.#state = "shut";
  }

  roughen(): void {
    this.#state = "rough";
  }

  /** Does no harm any more. Connections that came through it all go on. */
  heal(): void {
    this.#state = "calm";
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const link of this.#links) link.cut();
    await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    if (this.#state === "shut") {
      client.destroy();
      return;
    }
    const upstream = connect(this.#upstreamPort, "127.0.0.1");
    const link = new Link(client, upstream, {
      random: this.#random,
      isRough: () => this.#state === "rough",
      onFault: (fault) => this.faults[fault]++,
      onGone: () => this.#links.delete(link),
    });
    this.#links.add(link);
  }
}

type Fault = "reset" | "end" | "abandon" | "halfClose" | "stall";
const faults: Fault[] = ["reset", "end", "abandon", "halfClose", "stall"];

interface LinkOptions {
  readonly random: PRNG;
  readonly isRough: () => boolean;
  readonly onFault: (fault: Fault) => void;
  readonly onGone: () => void;
}

/** One connection through the network. */
class Link {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #options: LinkOptions;
  #isAbandoned = false;

  constructor(client: Socket, upstream: Socket, options: LinkOptions) {
    this.#client = client;
    this.#upstream = upstream;
    this.#options = options;
    this.#carry(client, upstream);
    this.#carry(upstream, client);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        if (client.destroyed && upstream.destroyed) options.onGone();
      });
    }
  }

  cut(): void {
    this.#client.resetAndDestroy();
    this.#upstream.resetAndDestroy();
  }

  /** Delivers in order what `from` sends, each piece after a while. */
  #carry(from: Socket, to: Socket): void {
    let delivered: Promise<void> = Promise.resolve();
    from.on("data", (chunk: Buffer) => {
      for (const piece of this.#pieces(chunk)) {
        delivered = delivered.then(() => this.#deliver(piece, to));
      }
    });
    // What arrived before the end is still passed on.
    from.on("close", () => {
      delivered = delivered.then(async () => {
        if (this.#isAbandoned && to === this.#upstream) {
          await elapsed(prng.int32(this.#options.random, 50, 400));
        }
        to.end();
      });
    });
  }

  #pieces(chunk: Buffer): Buffer[] {
    if (!this.#options.isRough() || chunk.length < 2) return [chunk];
    const at = prng.int32(this.#options.random, 1, chunk.length - 1);
    return [chunk.subarray(0, at), chunk.subarray(at)];
  }

  async #deliver(piece: Buffer, to: Socket): Promise<void> {
    const { random, isRough, onFault } = this.#options;
    if (isRough()) {
      await elapsed(prng.int32(random, 0, delayMsMax));
      if (isRough() && prng.int32(random, 1, piecesPerFault) === 1) {
        const fault = prng.oneOf(random, faults);
        onFault(fault);
        await this.#suffer(fault, to);
      }
    }
    if (to.writable) to.write(piece);
  }

  /** Resolves when the piece that meets the fault may go on, if there is still a way. */
  async #suffer(fault: Fault, to: Socket): Promise<void> {
    switch (fault) {
      case "reset":
        this.cut();
        return;
      case "end":
        this.#client.end();
        this.#upstream.end();
        return;
      case "abandon":
        // The client notices and comes back; the server does not, and still gets what is under way.
        this.#isAbandoned = true;
        this.#client.destroy();
        return;
      case "halfClose":
        to.end();
        return;
      case "stall":
        await elapsed(prng.int32(this.#options.random, 50, 500));
    }
  }
}
