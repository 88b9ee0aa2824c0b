import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { repository } from "../../../../apps/server/test/harness/repository";
import type { RunningServer } from "./server-kind";

const peers = join(repository, "bench", "peers");

/** A peer's server in a process of its own. It makes documents as they are asked for. */
export class ChildServer implements RunningServer {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #port: number;

  private constructor(child: ChildProcess, pid: number, port: number) {
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once("close", () => resolve()));
    this.pid = pid;
    this.#port = port;
  }

  /**
   * Starts a script of `bench/peers` and resolves when it serves.
   *
   * @param portOf reads the port out of a line of the script's output; undefined for any other line
   */
  static async start(
    script: string,
    options: {
      readonly args?: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
      readonly portOf: (line: string) => number | undefined;
    },
  ): Promise<ChildServer> {
    const child = spawn(process.execPath, [join(peers, script), ...(options.args ?? [])], {
      cwd: peers,
      env: { PATH: process.env.PATH, NODE_ENV: "production", ...options.env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<number>((resolve, reject) => {
      createInterface(child.stdout).on("line", (line) => {
        const found = options.portOf(line);
        if (found !== undefined) resolve(found);
      });
      child.once("exit", (code) => reject(new Error(`${script} ended with ${code} before it served`)));
    });
    if (child.pid === undefined) throw new Error(`${script} has no process ID`);
    return new ChildServer(child, child.pid, port);
  }

  url(document: string): URL {
    return new URL(`ws://127.0.0.1:${this.#port}/${document}`);
  }

  async createDocuments(count: number): Promise<string[]> {
    // As long as a ULID, so that nobody's frames are shorter.
    return Array.from({ length: count }, () => randomBytes(13).toString("hex"));
  }

  stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    return this.#ended;
  }

  kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    return this.#ended;
  }
}

/** Reads the line `{"port":…}`, with which the scripts of `bench/peers` say that they serve. */
export function portOfJson(line: string): number | undefined {
  return line.startsWith('{"port":') ? (JSON.parse(line) as { port: number }).port : undefined;
}
