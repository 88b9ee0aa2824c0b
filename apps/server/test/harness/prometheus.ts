import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port";
import { repository } from "./repository";

const places = [
  process.env.PROMETHEUS_BIN ?? "/usr/bin",
  join(repository, "node_modules/.cache/prometheus/usr/bin"),
];

/** One series of an answer. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** An alert's rule. */
export interface Alert {
  readonly name: string;
  /** Its expression. */
  readonly query: string;
  /** "ok" where it could be evaluated. */
  readonly health: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Path of `prometheus` or `promtool`. `npm test` sees to it that they are there. */
function toolPath(name: "prometheus" | "promtool"): string {
  const found = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`there is no ${name}: npm test fetches it`);
  return found;
}

/** Runs `promtool`; rejects, with what it prints, where it finds fault. */
export async function promtool(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(toolPath("promtool"), args);
  return stdout;
}

/** The real Prometheus, with our rules, which looks at one server every second. */
export class Prometheus {
  readonly #child: ChildProcess;
  readonly #directory: string;
  readonly #origin: string;

  private constructor(child: ChildProcess, directory: string, origin: string) {
    this.#child = child;
    this.#directory = directory;
    this.#origin = origin;
  }

  /** @param target host and port of the server to scrape */
  static async start(target: string): Promise<Prometheus> {
    const directory = await mkdtemp(join(tmpdir(), "prometheus-"));
    const deployed = join(repository, "deploy/prometheus");
    const configuration = (await readFile(join(deployed, "prometheus.yml"), "utf8"))
      .replace("127.0.0.1:8080", target)
      .replaceAll("15s", "1s")
      .replace("- rules.yml", `- ${join(deployed, "rules.yml")}`);
    const file = join(directory, "prometheus.yml");
    await writeFile(file, configuration);
    const port = await freePort();
    const child = spawn(
      toolPath("prometheus"),
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(directory, "data")}`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--log.level=error",
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    return new Prometheus(child, directory, `http://127.0.0.1:${port}`);
  }

  /** What an expression comes to now. Rejects, with what is wrong, where it cannot be evaluated. */
  async query(expression: string): Promise<readonly Series[]> {
    const answer = await fetch(`${this.#origin}/api/v1/query?${new URLSearchParams({ query: expression })}`);
    const { status, error, data } = (await answer.json()) as {
      status: string;
      error?: string;
      data?: { resultType: string; result: readonly Series[] };
    };
    if (status !== "success" || data === undefined) throw new Error(`${expression}: ${error}`);
    return data.resultType === "vector" ? data.result : [];
  }

  /** Every alert that it has been given, as it has read and judged them. */
  async alerts(): Promise<readonly Alert[]> {
    const answer = await fetch(`${this.#origin}/api/v1/rules`);
    const { data } = (await answer.json()) as { data: { groups: readonly { rules: readonly Alert[] }[] } };
    return data.groups.flatMap(({ rules }) => rules);
  }

  /** Whether it serves by now. */
  async isReady(): Promise<boolean> {
    return fetch(`${this.#origin}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill();
    await ended;
    await rm(this.#directory, { recursive: true });
  }
}
