import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as elapsed } from "node:timers/promises";
import { repository } from "./repository";

const entry = join(repository, "apps/server/dist/main.js");

/** A directory for one test's data. Removed by `remove`. */
export async function temporaryDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "scriptorium-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export interface LaunchOptions {
  /** Default: one that is free. */
  readonly port?: number;
  readonly env?: Record<string, string>;
  /** The command line that runs the server's, which is put at its end. */
  readonly through?: readonly string[];
  /** What is started, program and arguments. Default: the server as it is built in the repository. */
  readonly command?: readonly [string, ...string[]];
}

/** What the server says when it begins to serve. */
interface ServingLine {
  readonly msg: "serving";
  readonly port: number;
  /** Where `/metrics` is, if it has a port of its own. */
  readonly metricsPort?: number;
  readonly recovery: { readonly records: number; readonly truncatedBytes: number };
}

/** The real server in a process of its own. */
export class ServerProcess {
  /** Everything that it printed. */
  readonly output: string[] = [];
  /** Resolves, when the process has ended, with its exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  /** Resolves with undefined if the process ended without serving. */
  readonly #firstServing: Promise<ServingLine | undefined>;
  #serving: ServingLine | undefined;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on("data", (chunk: Buffer) => this.output.push(chunk.toString()));
    // "close" rather than "exit": by then all that it printed has arrived.
    this.ended = new Promise((resolve) => child.once("close", (code) => resolve(code)));
    this.#firstServing = new Promise((resolve) => {
      if (child.stdout === null) throw new Error("the server's output is not piped");
      createInterface(child.stdout).on("line", (line) => {
        this.output.push(line);
        const event: { msg?: string } = JSON.parse(line);
        if (event.msg === "serving") resolve(event as ServingLine);
      });
      child.once("close", () => resolve(undefined));
    });
  }

  /** Starts the process and waits for nothing. */
  static launch(dataDirectory: string, options: LaunchOptions = {}): ServerProcess {
    const command = [...(options.through ?? []), ...(options.command ?? [process.execPath, entry])] as const;
    const [program = process.execPath, ...args] = command;
    const child = spawn(program, args, {
      env: {
        PATH: process.env.PATH,
        PORT: String(options.port ?? 0),
        SCRIPTORIUM_DATA_DIR: dataDirectory,
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new ServerProcess(child);
  }

  /** Resolves when it serves. @throws with its output if it ends instead. */
  static async start(dataDirectory: string, options: LaunchOptions = {}): Promise<ServerProcess> {
    const server = ServerProcess.launch(dataDirectory, options);
    await server.ready();
    return server;
  }

  /** Resolves when it serves and its projections have caught up. @throws with its output if it ends instead. */
  async ready(): Promise<void> {
    this.#serving = await this.#firstServing;
    if (this.#serving === undefined) {
      throw new Error(`the server ended with ${await this.ended}:\n${this.output.join("\n")}`);
    }
    // To ask without a pause would take the processor from what makes it ready.
    while ((await fetch(`${this.origin}/readyz`)).status !== 200) await elapsed(10);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get port(): number {
    return this.#line.port;
  }

  /** What it found in the log at its start. */
  get recovery(): ServingLine["recovery"] {
    return this.#line.recovery;
  }

  /** Where `/metrics` is, if it has a port of its own. */
  get metricsPort(): number | undefined {
    return this.#line.metricsPort;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** Sends a signal and resolves with the exit code; null if the signal itself ended the process. */
  stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    this.#child.kill(signal);
    return this.ended;
  }

  /** @returns the ID of the new document */
  async createDocument(body: { title?: string; text?: string } = {}): Promise<string> {
    const response = await fetch(`${this.origin}/api/v1/documents`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(`POST: ${response.status} ${await response.text()}`);
    const { id } = (await response.json()) as { id: string };
    return id;
  }

  async text(id: string): Promise<string> {
    const response = await fetch(`${this.origin}/api/v1/documents/${id}/text`);
    if (response.status !== 200) throw new Error(`GET text: ${response.status} ${await response.text()}`);
    return response.text();
  }

  /** The value of one sample of `/metrics`, named with its labels as Prometheus prints them. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.origin}/metrics`)).text();
    const line = text.split("\n").find((candidate) => candidate.startsWith(`${name} `));
    return line === undefined ? 0 : Number(line.slice(name.length + 1));
  }

  get #line(): ServingLine {
    if (this.#serving === undefined) throw new Error("the server does not serve yet");
    return this.#serving;
  }
}
