import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as elapsed } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { jsonLines, runCli } from "./harness/cli-process";
import { ownClient, reached, textOf } from "./harness/clients";
import { hasSaid } from "./harness/has-said";
import { repository } from "./harness/repository";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

/** Written by the first version of the server; see its README. */
const oldest = join(repository, "fixtures/data-format-1");

interface Written {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: string;
let written: readonly Written[];
let testsRun = 0;

beforeAll(async () => {
  directory = await temporaryDirectory();
  written = JSON.parse(await readFile(join(oldest, "documents.json"), "utf8"));
});

afterAll(() => directory.remove());

beforeEach(async () => {
  data = join(directory.path, String(testsRun++));
  await mkdir(data);
  await cp(join(oldest, "data"), data, { recursive: true });
});

/** Every document is there with its title and text, over HTTP and to a client. */
async function expectAll(server: ServerProcess): Promise<void> {
  expect(written.length).toBeGreaterThan(2);
  for (const { id, title, text } of written) {
    expect(await server.text(id)).toBe(text);
    const document = await (await fetch(`${server.origin}/api/v1/documents/${id}`)).json();
    expect(document).toMatchObject({ id, title });
  }
  const { id, text } = written[0] ?? expect.fail("nothing was written");
  const client = ownClient(server.socketUrl, id);
  await reached(client, "saved");
  expect(textOf(client.doc)).toBe(text);
  client.destroy();
}

async function format(): Promise<unknown> {
  return JSON.parse(await readFile(join(data, "format.json"), "utf8"));
}

async function expectMigrated(): Promise<void> {
  expect(await format()).toEqual({
    format: "scriptorium-data",
    version: 2,
    product: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  expect((await readdir(data)).sort()).toEqual(["backups", "format.json", "log", "projections", "state"]);
  const [verified] = await jsonLines<{ sound: boolean }>("log", "verify", "--data", data);
  expect(verified?.sound).toBe(true);
  const [backup = "none", ...others] = await readdir(join(data, "backups"));
  expect(others).toEqual([]);
  expect(backup).toMatch(/^before-2-/);
  const proof = await runCli(["restore", join(data, "backups", backup), "--dry-run"]);
  expect(proof).toMatchObject({ code: 0, stdout: expect.stringContaining(`${written.length} documents`) });
}

test("data of the oldest version opens, is migrated behind a backup, and verifies", async () => {
  const server = await ServerProcess.start(data);
  await expectAll(server);
  const said = server.output.join("\n");
  expect(said).toMatch(/"from":1,"to":2,.*"msg":"migrating the data"/);
  expect(said).toMatch(/"format":2,"msg":"migrated the data"/);
  // Who goes on writing does so in the new format.
  const id = await server.createDocument({ text: "of today" });
  expect(await server.stop()).toBe(0);
  await expectMigrated();
  const again = await ServerProcess.start(data);
  expect(again.output.join("\n")).not.toContain("migrating the data");
  expect(await again.text(id)).toBe("of today");
  expect(await again.stop()).toBe(0);
});

test("the backup made before an upgrade is restored to what was there", async () => {
  const server = await ServerProcess.start(data);
  await server.stop();
  const [backup = "none"] = await readdir(join(data, "backups"));
  const elsewhere = `${data}-restored`;
  await jsonLines("restore", join(data, "backups", backup), "--to", elsewhere);
  const restored = await ServerProcess.start(elsewhere);
  expect(restored.output.join("\n")).toContain('"msg":"migrating the data"');
  await expectAll(restored);
  expect(await restored.stop()).toBe(0);
});

const points = ["migrating the data", "backed up the data before its migration", "migrated the data"];

test.each(points)(
  "killed after it said '%s', a migration goes on at the next start, and nothing is lost",
  async (what) => {
    const killed = ServerProcess.launch(data);
    await hasSaid(killed, what);
    await killed.stop("SIGKILL");
    const killedAgain = ServerProcess.launch(data);
    await hasSaid(killedAgain, ...points, "serving");
    await elapsed(2);
    await killedAgain.stop("SIGKILL");
    const server = await ServerProcess.start(data);
    await expectAll(server);
    expect(await server.stop()).toBe(0);
    expect((await readdir(data)).sort()).toEqual(["backups", "format.json", "log", "projections", "state"]);
    expect((await readdir(join(data, "backups"))).map((name) => name.slice(0, 9))).toEqual(["before-2-"]);
    expect(await format()).toMatchObject({ version: 2 });
    expect(await format()).not.toHaveProperty("migration");
  },
);

test("data of a newer release is refused by server and command line, which say what to do, and not touched", async () => {
  const newer = { format: "scriptorium-data", version: 3, product: "9.1.0" };
  await writeFile(join(data, "format.json"), JSON.stringify(newer));
  const before = (await readdir(data, { recursive: true })).sort();

  const server = ServerProcess.launch(data);
  expect(await server.ended).toBe(1);
  expect(server.output.join("")).toMatch(
    /has format 3; it was written by Scriptorium 9\.1\.0[\s\S]*restore a backup/,
  );
  const verify = await runCli(["log", "verify", "--data", data, "--json"]);
  expect(verify).toMatchObject({ code: 2, stdout: expect.stringContaining("UNSUPPORTED_VERSION") });
  expect((await readdir(data, { recursive: true })).sort()).toEqual(before);
});
