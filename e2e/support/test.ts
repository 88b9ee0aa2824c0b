import { join } from "node:path";
import { type BrowserContext, test as base, type Page } from "@playwright/test";
import { jsonLines } from "../../apps/server/test/harness/cli-process";
import { ServerProcess, temporaryDirectory } from "../../apps/server/test/harness/server-process";
import { Network } from "./network";

/** The server of one test: it can be killed and started again on the same data. */
export class TestServer {
  #dataDirectory: string;
  #process: ServerProcess;

  private constructor(dataDirectory: string, process: ServerProcess) {
    this.#dataDirectory = dataDirectory;
    this.#process = process;
  }

  static async start(dataDirectory: string): Promise<TestServer> {
    return new TestServer(dataDirectory, await ServerProcess.start(dataDirectory));
  }

  get process(): ServerProcess {
    return this.#process;
  }

  async kill(): Promise<void> {
    await this.#process.stop("SIGKILL");
  }

  /** Stops the server, and starts it on what a backup of its data holds of the time up to `moment`. */
  async restoreTo(moment: Date): Promise<void> {
    await this.#process.stop();
    const [backup, restored] = [`${this.#dataDirectory}-backup`, `${this.#dataDirectory}-restored`];
    await jsonLines("backup", backup, "--data", this.#dataDirectory);
    await jsonLines("restore", backup, "--to", restored, "--at", moment.toISOString());
    this.#dataDirectory = restored;
    await this.restart();
  }

  async restart(): Promise<void> {
    this.#process = await ServerProcess.start(this.#dataDirectory);
  }
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly network: Network;
}

interface Fixtures {
  readonly server: TestServer;
  /** A person with a browser profile and a network of their own. @param locale what their browser asks for */
  readonly person: (name: string, locale?: string) => Promise<Person>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright demands the pattern
  server: async ({}, use) => {
    const directory = await temporaryDirectory();
    const server = await TestServer.start(join(directory.path, "data"));
    await use(server);
    await server.process.stop();
    await directory.remove();
  },

  person: async ({ browser, server }, use) => {
    const people: Person[] = [];
    await use(async (name, locale = "en-US") => {
      const network = await Network.open(() => server.process.port);
      const context = await browser.newContext({ baseURL: network.origin, locale });
      await context.addInitScript((value) => {
        if (localStorage.getItem("scriptorium.person.name") === null)
          localStorage.setItem("scriptorium.person.name", value);
      }, name);
      const page = await context.newPage();
      const person = { page, context, network };
      people.push(person);
      return person;
    });
    for (const { context, network } of people) {
      await context.close();
      await network.close();
    }
  },
});

export { expect } from "@playwright/test";
