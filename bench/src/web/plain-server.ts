import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { repository } from "../../../apps/server/test/harness/repository";

const types: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };

/** Serves plain CodeMirror, as built, and the text that it shows. */
export class PlainServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(text: string): Promise<PlainServer> {
    const directory = join(repository, "bench/dist/plain");
    const server = createServer(async ({ url = "/" }, response) => {
      if (url === "/text") return response.end(text);
      const file = url === "/" ? "/index.html" : url;
      try {
        const body = await readFile(join(directory, file));
        response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
        return response.end(body);
      } catch {
        response.statusCode = 404;
        return response.end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new PlainServer(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
