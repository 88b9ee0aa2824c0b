import { ServerProcess } from "../../../../apps/server/test/harness/server-process";
import { yWebsocketDialect } from "../wire/dialect";
import type { RunningServer, ServerKind } from "./server-kind";

const creationsAtOnce = 16;

/** The built server, which syncs its log before it acknowledges. */
export const ours: ServerKind = oursWith("ours", {});

/** The same with other variables. */
export function oursWith(title: string, variables: Readonly<Record<string, string>>): ServerKind {
  return {
    name: "ours",
    title,
    dialect: yWebsocketDialect,
    async start(directory) {
      const env = {
        NODE_ENV: "production",
        SCRIPTORIUM_DURABILITY: "fsync",
        SCRIPTORIUM_LOG_LEVEL: "info",
        ...variables,
      };
      return new OurServer(await ServerProcess.start(directory, { env }));
    },
  };
}

class OurServer implements RunningServer {
  readonly pid: number;
  readonly #process: ServerProcess;

  constructor(process: ServerProcess) {
    if (process.pid === undefined) throw new Error("the server has no process ID");
    this.pid = process.pid;
    this.#process = process;
  }

  url(document: string, extended: boolean): URL {
    return new URL(`${this.#process.socketUrl}/${document}${extended ? "?v=1" : ""}`);
  }

  async createDocuments(count: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < count) {
      const some = Array.from({ length: Math.min(creationsAtOnce, count - ids.length) }, () =>
        this.#process.createDocument(),
      );
      ids.push(...(await Promise.all(some)));
    }
    return ids;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }

  async kill(): Promise<void> {
    await this.#process.stop("SIGKILL");
  }
}
