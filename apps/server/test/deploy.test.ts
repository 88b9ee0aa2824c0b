import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { jsonLines } from "./harness/cli-process";
import { ownClient, reached } from "./harness/clients";
import { Prometheus, promtool } from "./harness/prometheus";
import { repository } from "./harness/repository";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const deploy = join(repository, "deploy");

/** Names that Prometheus makes itself, of every target and rule. */
const ofPrometheus = ["up", "ALERTS"];

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;
let prometheus: Prometheus;
let stopTyping: () => Promise<void>;

beforeAll(async () => {
  directory = await temporaryDirectory();
  const data = join(directory.path, "data");
  server = await ServerProcess.start(data);
  await jsonLines("backup", join(directory.path, "backup"), "--data", data);
  prometheus = await Prometheus.start(new URL(server.origin).host);
  stopTyping = await type(server);
  await vi.waitFor(async () => expect(await prometheus.isReady()).toBe(true), { timeout: 60_000 });
  // Rates need what was scraped twice.
  const scraped = "count_over_time(scriptorium_edits_total[5m]) > 3";
  await vi.waitFor(
    async () => {
      expect(await prometheus.query(scraped)).toHaveLength(1);
      expect((await prometheus.alerts()).map(({ health }) => health)).not.toContain("unknown");
    },
    { timeout: 60_000, interval: 250 },
  );
});

afterAll(async () => {
  await stopTyping();
  await prometheus.stop();
  await server.stop();
  await directory.remove();
});

/** Two people in one document, of whom one types on and on, while somebody looks at texts over HTTP. */
async function type({ socketUrl, origin, createDocument }: ServerProcess): Promise<() => Promise<void>> {
  const id = await createDocument.call(server, { text: "words" });
  const [ada, grace] = [ownClient(socketUrl, id), ownClient(socketUrl, id)];
  await Promise.all([reached(ada, "saved"), reached(grace, "saved")]);
  let goesOn = true;
  const typing = (async () => {
    while (goesOn) {
      ada.doc.getText("content").insert(0, "word ");
      await reached(ada, "saved");
      await fetch(`${origin}/api/v1/documents/${id}/text`);
    }
  })();
  return async () => {
    goesOn = false;
    await typing;
    ada.destroy();
    grace.destroy();
  };
}

/** By the title of the panel, with Grafana's variables as they would be. */
async function dashboardExpressions(): Promise<readonly (readonly [string, string])[]> {
  const text = await readFile(join(deploy, "grafana/scriptorium.json"), "utf8");
  const { panels } = JSON.parse(text) as { panels: readonly Panel[] };
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(
      ({ expr }) => [title, expr.replaceAll("$__rate_interval", "1m").replaceAll("$instance", ".*")] as const,
    ),
  );
}

function metricNames(expression: string): string[] {
  return [...expression.matchAll(/\b(?:scriptorium|nodejs|process)_\w+|\bup\b/g)].map(([name]) => name);
}

test("promtool finds no fault with configuration and rules, and each alert fires and is silent when it should", async () => {
  await promtool("check", "config", join(deploy, "prometheus/prometheus.yml"));
  await promtool("test", "rules", join(deploy, "prometheus/rules.test.yml"));
});

test("every metric that an alert or a panel names exists", async () => {
  const scraped = await (await fetch(`${server.origin}/metrics`)).text();
  const types = [...scraped.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  const exist = new Set([
    ...ofPrometheus,
    ...types.flatMap(([, name = "", type]) =>
      type === "histogram" ? ["_bucket", "_sum", "_count"].map((part) => `${name}${part}`) : [name],
    ),
  ]);
  const queries = (await prometheus.alerts()).map(({ query }) => query);
  const named = [...queries, ...(await dashboardExpressions()).map(([, expression]) => expression)];
  expect(named.flatMap(metricNames).filter((name) => !exist.has(name))).toEqual([]);
});

test("every panel of the dashboard shows something of a server at work", async () => {
  const empty: string[] = [];
  for (const [title, expression] of await dashboardExpressions()) {
    if ((await prometheus.query(expression)).length === 0) empty.push(`${title}: ${expression}`);
  }
  expect(empty).toEqual([]);
});

test("every alert can be judged of a server at work, and none is raised", async () => {
  const alerts = await prometheus.alerts();
  expect(alerts.length).toBeGreaterThan(10);
  expect(alerts.filter(({ health }) => health !== "ok")).toEqual([]);
  const silent: string[] = [];
  for (const { name, query } of alerts) {
    // With "bool" a comparison says 0 or 1 of every series, rather than nothing of those that are as they should be.
    const judged = await prometheus.query(query.replace(/ (==|>|<) /g, " $1 bool "));
    if (judged.length === 0) silent.push(name);
  }
  expect(silent).toEqual([]);
  expect(await prometheus.query('ALERTS{alertstate="firing"}')).toEqual([]);
});

test("the runbook has an entry for every alert, and the alert leads there", async () => {
  const runbook = await readFile(join(repository, "docs/runbook.md"), "utf8");
  for (const { name, annotations } of await prometheus.alerts()) {
    expect(runbook).toContain(`\n## ${name}\n`);
    expect(annotations.runbook).toBe(`docs/runbook.md#${name.toLowerCase()}`);
  }
});
