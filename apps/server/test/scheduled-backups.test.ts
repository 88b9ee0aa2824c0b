import { cp, mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as elapsed } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runCli } from "./harness/cli-process";
import { hasSaid } from "./harness/has-said";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let original: string;
let data: string;
let backups: string;
let testsRun = 0;

beforeAll(async () => {
  directory = await temporaryDirectory();
  original = join(directory.path, "original");
  const server = await ServerProcess.start(original);
  // So much that a backup takes a while.
  for (let count = 0; count < 2; count++) await server.createDocument({ text: "words ".repeat(300_000) });
  await server.stop();
});

afterAll(() => directory.remove());

beforeEach(async () => {
  const own = join(directory.path, String(testsRun++));
  data = join(own, "data");
  backups = join(own, "backups");
  await mkdir(own);
  await cp(original, data, { recursive: true });
});

function launch(env: Record<string, string> = {}): ServerProcess {
  return ServerProcess.launch(data, { env: { SCRIPTORIUM_BACKUP_DIR: backups, ...env } });
}

async function shelf(): Promise<string[]> {
  return (await readdir(backups)).filter((name) => name !== "LOCK").sort();
}

interface Health {
  readonly health: readonly { readonly name: string; readonly state: string }[];
}

test("a server backs itself up, proves the backup, and says so; older ones go when there are enough", async () => {
  const first = launch();
  await first.ready();
  await hasSaid(first, "backed up");
  expect(await first.metric("scriptorium_backup_timestamp_seconds")).toBeGreaterThan(Date.now() / 1000 - 60);
  expect(await first.metric("scriptorium_backup_rehearsal_timestamp_seconds")).toBeGreaterThan(0);
  expect(await first.metric("scriptorium_backup_failed")).toBe(0);
  const { health } = (await (await fetch(`${first.origin}/api/v1/status`)).json()) as Health;
  expect(health.find(({ name }) => name === "backup")).toMatchObject({ state: "good" });
  expect(await first.stop()).toBe(0);
  const [made = "none"] = await shelf();

  const old = ["scriptorium-2025-01-01T00-00-00-000Z", "scriptorium-2025-01-02T00-00-00-000Z"] as const;
  await cp(join(backups, made), join(backups, old[0]), { recursive: true });
  await rename(join(backups, made), join(backups, old[1]));
  // Its newest backup is of that time: the next one is due.
  const second = launch({ SCRIPTORIUM_BACKUP_KEEP: "2" });
  await second.ready();
  await hasSaid(second, "backed up");
  expect(await second.stop()).toBe(0);
  const left = await shelf();
  expect(left).toHaveLength(2);
  expect(left[0]).toBe(old[1]);
  for (const name of left) {
    expect(await runCli(["restore", join(backups, name), "--dry-run"])).toMatchObject({ code: 0 });
  }
});

test("killed while it backs itself up, it completes a backup at the next start, and half of one is never taken for one", async () => {
  for (const furtherMs of [0, 15, 50]) {
    const killed = launch();
    await hasSaid(killed, "backing up", "serving");
    await elapsed(furtherMs);
    await killed.stop("SIGKILL");
  }
  const server = launch({ SCRIPTORIUM_BACKUP_EVERY: "0.001" });
  await server.ready();
  await hasSaid(server, "backed up");
  expect(await server.stop()).toBe(0);
  const left = await shelf();
  expect(left.length).toBeGreaterThan(0);
  for (const name of left) {
    expect(name).toMatch(/^scriptorium-[\dTZ-]+$/);
    expect(await runCli(["restore", join(backups, name), "--dry-run"])).toMatchObject({ code: 0 });
  }
});

test("a directory that cannot be written is told, and people go on writing", async () => {
  const server = launch({ SCRIPTORIUM_BACKUP_DIR: join(data, "format.json", "backups") });
  await server.ready();
  await hasSaid(server, "the backup could not be made or proven; it is tried again");
  expect(await server.metric("scriptorium_backup_failed")).toBe(1);
  const id = await server.createDocument({ text: "still here" });
  expect(await server.text(id)).toBe("still here");
  expect(await server.stop()).toBe(0);
});
