import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** The one page of the app, which all its addresses show. */
export class IndexPage {
  readonly #html: string;
  readonly #etag: string;

  /**
   * @param built as the web app was built: its addresses begin with `./`, which is right at the root alone
   * @param basePath where it is served, written into each of them
   */
  constructor(built: string, basePath: string) {
    this.#html = built.replaceAll('="./', `="${basePath}`);
    this.#etag = `"${createHash("sha256").update(this.#html).digest("base64url")}"`;
  }

  /** Answers with the page, or says that the browser has it. */
  send(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    reply.header("cache-control", "no-cache").header("etag", this.#etag);
    // Proxies that compress mark the tag as a weak one.
    if (request.headers["if-none-match"]?.includes(this.#etag)) return reply.code(304).send();
    return this.sendWhole(reply);
  }

  /** For addresses where there is nothing. */
  sendWhole(reply: FastifyReply): FastifyReply {
    return reply.type("text/html; charset=utf-8").send(this.#html);
  }
}
