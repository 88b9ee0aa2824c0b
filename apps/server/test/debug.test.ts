import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const token = "correct-horse-battery";
const authorization = `Bearer ${token}`;

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

afterEach(async () => {
  await server.stop();
  await directory.remove();
});

async function start(env: Record<string, string>): Promise<void> {
  server = await ServerProcess.start(directory.path, { env });
}

test("nobody gets a profile where no token says who the operator is, and nobody else where one does", async () => {
  await start({});
  const paths = ["/debug/profile", "/debug/heap-snapshot"];
  for (const path of paths) {
    const answer = await fetch(server.origin + path, { headers: { authorization } });
    expect([answer.status, (await answer.json()).detail]).toEqual([
      404,
      expect.stringContaining("SCRIPTORIUM_OPERATOR_TOKEN"),
    ]);
  }
  await server.stop();
  await start({ SCRIPTORIUM_OPERATOR_TOKEN: token });
  for (const path of paths) expect((await fetch(server.origin + path)).status).toBe(401);
});

test("the operator gets a CPU profile that DevTools open, one at a time, while the server serves", async () => {
  await start({ SCRIPTORIUM_OPERATOR_TOKEN: token });
  const address = (seconds: string) => `${server.origin}/debug/profile?seconds=${seconds}`;
  for (const seconds of ["0", "61", "x"]) {
    expect((await fetch(address(seconds), { headers: { authorization } })).status).toBe(400);
  }
  const taken = fetch(address("2"), { headers: { authorization } });
  await expect
    .poll(async () => (await fetch(address("0.1"), { headers: { authorization } })).status)
    .toBe(409);
  await server.createDocument();
  const answer = await taken;
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="scriptorium-.+\.cpuprofile"$/,
  );
  const profile = (await answer.json()) as { nodes: unknown[]; samples: number[]; timeDeltas: number[] };
  expect(profile.nodes.length).toBeGreaterThan(1);
  expect(profile.samples).toHaveLength(profile.timeDeltas.length);
  expect((await fetch(address("0.1"), { headers: { authorization } })).status).toBe(200);
});

test("the operator gets a snapshot of the heap", async () => {
  await start({ SCRIPTORIUM_OPERATOR_TOKEN: token });
  const answer = await fetch(`${server.origin}/debug/heap-snapshot`, { headers: { authorization } });
  expect(answer.headers.get("content-disposition")).toMatch(/\.heapsnapshot"$/);
  const { snapshot, nodes } = (await answer.json()) as { snapshot: { node_count: number }; nodes: number[] };
  expect(snapshot.node_count).toBeGreaterThan(10_000);
  expect(nodes.length % snapshot.node_count).toBe(0);
});
