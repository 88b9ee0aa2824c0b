import { readdir } from "node:fs/promises";
import { createServer, request as forward, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./harness/cli-process";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

interface Finding {
  readonly name: string;
  readonly state: "ok" | "warn" | "fail";
  readonly what: string;
  readonly todo: string | null;
}

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;
let server: ServerProcess;

beforeAll(async () => {
  directory = await temporaryDirectory();
  data = join(directory.path, "data");
  server = await ServerProcess.start(data, { env: { SCRIPTORIUM_TRUSTED_PROXIES: "1" } });
});

afterAll(async () => {
  await server.stop();
  await directory.remove();
});

async function diagnose(env: Record<string, string>) {
  const { code, stdout } = await runCli(["doctor", "--json"], { SCRIPTORIUM_DATA_DIR: data, ...env });
  const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean; findings: readonly Finding[] };
  expect(code).toBe(healthy ? 0 : 1);
  for (const { state, todo } of findings) expect(todo === null).toBe(state === "ok");
  return new Map(findings.map((finding) => [finding.name, finding]));
}

/** A proxy that passes on requests, and upgrades only if it was told to. */
async function proxy(options: { readonly upgrades: boolean; readonly adds: boolean }): Promise<Server> {
  const before = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, ...(options.adds && { "x-forwarded-for": "192.0.2.1" }) };
    const { url: path, method } = incoming;
    const onward = forward({ port: server.port, host: "127.0.0.1", path, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  before.on("upgrade", (incoming, socket) => {
    if (!options.upgrades) return socket.end("HTTP/1.1 426 Upgrade Required\r\n\r\n");
    const onward = connect(server.port, "127.0.0.1", () => {
      const lines = incoming.rawHeaders.flatMap((header, at, all) =>
        at % 2 === 0 ? [`${header}: ${all[at + 1]}`] : [],
      );
      onward.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      onward.pipe(socket).pipe(onward);
    });
    socket.on("error", () => onward.destroy());
    onward.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => before.listen(0, "127.0.0.1", resolve));
  return before;
}

function addressOf(listening: Server): string {
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

test("looks at a server behind a proxy and finds it well, while it runs", async () => {
  const before = await proxy({ upgrades: true, adds: true });
  const findings = await diagnose({ PORT: String(server.port), SCRIPTORIUM_BASE_URL: addressOf(before) });
  before.close();
  for (const name of [
    "configuration",
    "node",
    "data directory",
    "lock",
    "port",
    "base URL",
    "WebSocket",
    "proxies",
  ]) {
    expect(findings.get(name), name).toMatchObject({ state: "ok" });
  }
  expect(findings.get("lock")?.what).toBe("a server runs on the data");
  for (const name of ["memory", "free space", "file system", "disk speed", "open files", "clock"]) {
    expect(findings.has(name), name).toBe(true);
  }
  expect((await readdir(data)).filter((name) => name.startsWith("doctor"))).toEqual([]);
});

test("finds a proxy that lets no WebSocket through, and one that adds no address", async () => {
  const before = await proxy({ upgrades: false, adds: false });
  const findings = await diagnose({ PORT: String(server.port), SCRIPTORIUM_BASE_URL: addressOf(before) });
  before.close();
  expect(findings.get("WebSocket")).toMatchObject({
    state: "fail",
    todo: expect.stringContaining("upgrades"),
  });
  expect(findings.get("proxies")).toMatchObject({
    state: "fail",
    todo: expect.stringContaining("Set SCRIPTORIUM_TRUSTED_PROXIES=0"),
  });
});

test("finds a port that something else has, an address where nobody is, and a configuration that is not valid", async () => {
  const stranger = createServer((_request, response) => response.end("hello"));
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  const { port } = stranger.address() as AddressInfo;
  const taken = await diagnose({ PORT: String(port), SCRIPTORIUM_BASE_URL: `http://127.0.0.1:${port}` });
  stranger.close();
  expect(taken.get("port")).toMatchObject({
    state: "fail",
    todo: expect.stringContaining("choose another PORT"),
  });
  expect(taken.get("base URL")).toMatchObject({ state: "fail" });
  const invalid = await diagnose({ PORT: "eighty" });
  expect(invalid.get("configuration")).toMatchObject({
    state: "fail",
    todo: "See: scriptorium config check",
  });
});

test("says all of it to a person, too", async () => {
  const elsewhere = join(directory.path, "elsewhere");
  const { code, stdout } = await runCli(["doctor", "--data", elsewhere], { PORT: "0" });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok {4}data directory: .*elsewhere is not there yet/m);
  expect(stdout).toMatch(/^0 failures, \d warnings?\.$/m);
});
