import { temporaryDirectory } from "../../../../apps/server/test/harness/server-process";
import { pin } from "../machine";
import type { Listener } from "../wire/listener";
import { WireClient } from "../wire/wire-client";
import type { RunningServer, ServerKind } from "./server-kind";

export interface ConnectOptions {
  readonly listener?: Listener;
  readonly stateVector?: Uint8Array;
  /** Ours: to be told what is on the disk. */
  readonly extended?: boolean;
  /** Ours: query parameters of a client that comes back. */
  readonly resume?: Readonly<Record<string, string>>;
}

/** A server under test with its data directory, over all processes that run on it. */
export class Subject {
  readonly kind: ServerKind;
  readonly directory: string;
  readonly #removeDirectory: () => Promise<void>;
  readonly #core: number | undefined;
  #running: RunningServer | undefined;

  private constructor(
    kind: ServerKind,
    directory: { path: string; remove: () => Promise<void> },
    core: number | undefined,
  ) {
    this.kind = kind;
    this.directory = directory.path;
    this.#removeDirectory = directory.remove;
    this.#core = core;
  }

  /** @param core where the server shall run; undefined: anywhere */
  static async start(kind: ServerKind, core: number | undefined): Promise<Subject> {
    const subject = new Subject(kind, await temporaryDirectory(), core);
    await subject.start();
    return subject;
  }

  get pid(): number {
    return this.#server.pid;
  }

  /** Starts a process where the last one was stopped or killed. */
  async start(): Promise<void> {
    this.#running = await this.kind.start(this.directory);
    if (this.#core !== undefined) pin(this.#running.pid, this.#core);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    this.#running = undefined;
  }

  async kill(): Promise<void> {
    await this.#server.kill();
    this.#running = undefined;
  }

  /** Ends the process if one runs, and removes the data. */
  async remove(): Promise<void> {
    await this.#running?.kill();
    this.#running = undefined;
    await this.#removeDirectory();
  }

  createDocuments(count: number): Promise<string[]> {
    return this.#server.createDocuments(count);
  }

  async createDocument(): Promise<string> {
    const [name] = await this.createDocuments(1);
    if (name === undefined) throw new Error("no document was made");
    return name;
  }

  url(document: string, extended = false): URL {
    return this.#server.url(document, extended);
  }

  /** A client that has shaken hands. */
  connect(document: string, options: ConnectOptions = {}): Promise<WireClient> {
    const { extended = false, resume = {}, ...rest } = options;
    const url = this.url(document, extended);
    for (const [name, value] of Object.entries(resume)) url.searchParams.set(name, value);
    return WireClient.open({ url, document, dialect: this.kind.dialect, ...rest });
  }

  get #server(): RunningServer {
    if (this.#running === undefined) throw new Error(`${this.kind.title} does not run`);
    return this.#running;
  }
}
