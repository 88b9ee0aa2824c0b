import { join } from "node:path";
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type Page,
  type TestInfo,
} from "@playwright/test";
import { jsonLines } from "../../apps/server/test/harness/cli-process";
import { ServerProcess, temporaryDirectory } from "../../apps/server/test/harness/server-process";
import { Network } from "./network";

/** The server of one test: it can be killed and started again on the same data. */
export class TestServer {
  readonly #env: Record<string, string>;
  #dataDirectory: string;
  #process: ServerProcess;

  private constructor(dataDirectory: string, env: Record<string, string>, process: ServerProcess) {
    this.#dataDirectory = dataDirectory;
    this.#env = env;
    this.#process = process;
  }

  static async start(dataDirectory: string, env: Record<string, string> = {}): Promise<TestServer> {
    return new TestServer(dataDirectory, env, await ServerProcess.start(dataDirectory, { env }));
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
    this.#process = await ServerProcess.start(this.#dataDirectory, { env: this.#env });
  }
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly network: Network;
}

/**
 * A browser that installs the application, which a person needs who opens pages without a network. That takes as long as
 * a short story.
 */
export const installing: BrowserContextOptions = { serviceWorkers: "allow" };

/** Where people come in: the server itself, or a proxy in front of it. */
export interface Entrance {
  readonly port: () => number;
  /** Where the app is for somebody whose network leads there. */
  readonly address: (network: Network) => string;
}

interface Fixtures {
  /** What the server is configured with, beside its port and its data. */
  readonly serverEnv: Record<string, string>;
  readonly server: TestServer;
  readonly entrance: Entrance;
  /** A person with a browser profile and a network of their own. */
  readonly person: (name: string, device?: BrowserContextOptions) => Promise<Person>;
}

interface WorkerFixtures {
  /** Starts the server that stories of one worker share when the first of them asks for it. */
  readonly sharedServer: () => Promise<TestServer>;
}

/** Adds to the report of a story that failed what the server said was wrong. */
async function tellComplaints({ process }: TestServer, story: TestInfo): Promise<void> {
  if (story.status === story.expectedStatus) return;
  const complaints = process.output.filter((line) => !/"level":[123]0,/.test(line));
  await story.attach("what the server said was wrong", {
    body: complaints.join("\n") || "nothing",
    contentType: "text/plain",
  });
}

/** A story with a server of its own, to stop and to configure, and with no documents but its own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  serverEnv: [{}, { option: true }],

  sharedServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads off the pattern what a fixture depends on.
    async ({}, use) => {
      const directory = await temporaryDirectory();
      let server: Promise<TestServer> | undefined;
      await use(() => {
        server ??= TestServer.start(join(directory.path, "data"));
        return server;
      });
      await (await server)?.process.stop();
      await directory.remove();
    },
    { scope: "worker" },
  ],

  server: async ({ serverEnv }, use, story) => {
    const directory = await temporaryDirectory();
    const server = await TestServer.start(join(directory.path, "data"), serverEnv);
    await use(server);
    await tellComplaints(server, story);
    await server.process.stop();
    await directory.remove();
  },

  entrance: ({ server }, use) => use({ port: () => server.process.port, address: ({ origin }) => origin }),

  person: async ({ browser, entrance }, use) => {
    const people: Person[] = [];
    await use(async (name, device) => {
      const network = await Network.open(entrance.port);
      const context = await browser.newContext({
        locale: "en-US",
        serviceWorkers: "block",
        ...device,
        baseURL: entrance.address(network),
      });
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

/**
 * A story on a server that others use, too: starting one takes as long as a short story. For those that leave it as it
 * is, and look only at documents that they open by their address.
 */
export const testOnSharedServer = test.extend({
  server: async ({ sharedServer }, use, story) => {
    const server = await sharedServer();
    await use(server);
    await tellComplaints(server, story);
  },
});

export { expect } from "@playwright/test";
