import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cliEntry, runCli } from "./harness/cli-process";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const command = [process.execPath, cliEntry, "serve"] as const;

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(join(directory.path, "data"), { command });
});

afterAll(async () => {
  await server.stop();
  await directory.remove();
});

test("serves until Ctrl-C, pressed as often as one likes, and ends well", async () => {
  const data = join(directory.path, "of-another");
  const other = await ServerProcess.start(data, { command });
  const id = await other.createDocument({ text: "kept" });
  // npm hands the signal on that the terminal has sent already.
  void other.stop("SIGINT");
  expect(await other.stop("SIGINT")).toBe(0);
  const again = await ServerProcess.start(data, { command });
  expect(await again.text(id)).toBe("kept");
  expect(await again.stop("SIGTERM")).toBe(0);
});

test("what keeps it from serving is said in a sentence, and the process ends", async () => {
  const taken = await runCli(["serve"], {
    PORT: String(server.port),
    SCRIPTORIUM_DATA_DIR: join(directory.path, "third"),
  });
  expect(taken).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/listens on .* choose another PORT\.\n$/),
  });
  const file = join(directory.path, "data/state/node");
  const blocked = await runCli(["serve"], { PORT: "0", SCRIPTORIUM_DATA_DIR: file });
  expect(blocked).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is no directory"),
  });
  const senseless = await runCli(["serve"], { PORT: "eighty", SCRIPTORIUM_DURABILITY: "never" });
  expect(senseless).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/PORT=eighty.*\n.*DURABILITY=never/),
  });
});

test("health asks the server of this environment", async () => {
  const asked = await runCli(["health"], { PORT: String(server.port), SCRIPTORIUM_HOST: "0.0.0.0" });
  expect(asked).toEqual({ code: 0, stdout: `${server.origin} is ready\n`, stderr: "" });
});

test("health asks where it is told, with a path or a slash at its end, too", async () => {
  const url = `${server.origin}/`;
  const asked = await runCli(["health", "--url", url, "--json"]);
  expect([asked.code, JSON.parse(asked.stdout)]).toEqual([0, { url, ready: true }]);
});

test("health ends with 1 where nobody answers, or somebody else", async () => {
  const free = await ServerProcess.start(join(directory.path, "gone"), { command });
  const url = free.origin;
  await free.stop();
  const nobody = await runCli(["health", "--url", url, "--json"]);
  expect(nobody.code).toBe(1);
  expect(JSON.parse(nobody.stdout)).toEqual({
    url,
    ready: false,
    reason: expect.stringContaining("ECONNREFUSED"),
  });
  const elsewhere = await runCli(["health", "--url", `${server.origin}/nowhere`]);
  expect(elsewhere).toMatchObject({ code: 1, stdout: expect.stringContaining("not ready: status 404") });
});

test("health does not take for an address what is none", async () => {
  expect((await runCli(["health", "--url", "write.example"])).code).toBe(2);
});
