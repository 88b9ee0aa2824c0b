import { spawnSync } from "node:child_process";
import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

afterEach(() => directory.remove());

test("all mistakes in the configuration are reported together, by name", async () => {
  const env = { PORT: "abc", SCRIPTORIUM_DURABILITY: "never" };
  const server = ServerProcess.launch(directory.path, { env });

  expect(await server.ended).toBe(1);
  expect(server.output.join("")).toMatch(/PORT=abc.*\n.*SCRIPTORIUM_DURABILITY=never/);
  expect(await readdir(directory.path)).toEqual([]);
});

test("a second process on a data directory ends at once, and the first goes on", async () => {
  const first = await ServerProcess.start(directory.path);
  const second = ServerProcess.launch(directory.path);

  expect(await second.ended).toBe(1);
  expect(second.output.join("")).toContain("is in use");
  const id = await first.createDocument({ text: "still here" });
  expect(await first.text(id)).toBe("still here");
  expect(await first.stop()).toBe(0);
});

test("a port that is taken is reported", async () => {
  const first = await ServerProcess.start(directory.path);
  const other = await temporaryDirectory();
  const second = ServerProcess.launch(other.path, { port: first.port });

  expect(await second.ended).toBe(1);
  expect(second.output.join("")).toMatch(
    /listens on .* port \d+ already\. Stop it, or choose another PORT\.\n$/,
  );
  await first.stop();
  await other.remove();
});

test("damage in the middle of the log is named with file and byte, and nothing is changed", async () => {
  const server = await ServerProcess.start(directory.path);
  for (const text of ["one", "two", "three"]) await server.createDocument({ text });
  expect(await server.stop()).toBe(0);
  const { segment, bytes } = await onlySegment();
  // The first record begins behind the 64 bytes of the segment's header; its payload, 64 bytes further on.
  bytes.writeUInt8(bytes.readUInt8(64 + 64) ^ 1, 64 + 64);
  await writeFile(segment, bytes);

  const restarted = ServerProcess.launch(directory.path);

  expect(await restarted.ended).toBe(1);
  expect(restarted.output.join("")).toContain(`${segment}, byte 64`);
  expect(await readFile(segment)).toEqual(bytes);
});

test("a record that a crash left unfinished is cut off and reported", async () => {
  const server = await ServerProcess.start(directory.path);
  const id = await server.createDocument({ text: "whole" });
  expect(await server.stop()).toBe(0);
  const { segment, bytes } = await onlySegment();
  const begun = bytes.subarray(64, 64 + 40);
  await writeFile(segment, Buffer.concat([bytes, begun]));

  const restarted = await ServerProcess.start(directory.path);

  expect(restarted.recovery.truncatedBytes).toBe(begun.length);
  expect(restarted.output.join("")).toContain("cut off a torn record");
  expect(await restarted.text(id)).toBe("whole");
  expect(await restarted.stop()).toBe(0);
});

test("a data directory of another user is told, with whose it is and what to do", async ({ skip }) => {
  const data = join(directory.path, "data");
  await (await ServerProcess.start(data)).stop();
  // Who is root may do everything, and who is not cannot give files away.
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !runs("setpriv", "--reuid=65534", "true")) skip("setpriv is not there");
  await chmod(directory.path, 0o755);
  if (!isRoot) await chmod(join(data, "format.json"), 0o000);
  const through = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

  const server = ServerProcess.launch(data, { through });

  expect(await server.ended).toBe(1);
  const [said, ...more] = server.output;
  expect(more).toEqual([]);
  expect(said).toContain(`who may not read and write ${data}`);
  expect(said).toMatch(isRoot ? /belongs to user 0\. .*chown -R 65534 \S+data\)/ : /chmod -R u\+rwX/);
});

test("a file where the data directory should be is told", async () => {
  const file = join(directory.path, "file");
  await writeFile(file, "precious");
  const server = ServerProcess.launch(file);
  expect(await server.ended).toBe(1);
  expect(server.output.join("")).toMatch(/file\/log is no directory\. Set SCRIPTORIUM_DATA_DIR/);
  expect(await readFile(file, "utf8")).toBe("precious");
});

test("a disk that is full at the start is told in a sentence", async ({ skip }) => {
  const mountThere = ["unshare", "--map-root-user", "--mount", "sh", "-c"];
  const mount = 'mount -t tmpfs -o size=64k tmpfs "$0" && exec "$@"';
  const [command = "", ...args] = [...mountThere, mount, directory.path];
  if (!runs(command, ...args, "true"))
    skip("this user may not mount anything, not even in a namespace of its own");

  const server = ServerProcess.launch(join(directory.path, "data"), { through: [command, ...args] });

  expect(await server.ended).toBe(1);
  expect(server.output.join("")).toMatch(
    /^The disk of \S+data is full\. Nothing is lost: make room there.*\n$/,
  );
});

test("variables that contradict each other, or are misspelt, keep the server from starting", async () => {
  const env = {
    SCRIPTORIUM_METRICS: "off",
    SCRIPTORIUM_METRICS_PORT: "9464",
    SCRIPTORIUM_OPERATOR_TOKN: "correct-horse-battery",
  };
  const server = ServerProcess.launch(directory.path, { env });
  expect(await server.ended).toBe(1);
  const said = server.output.join("");
  expect(said).toContain("SCRIPTORIUM_METRICS is off");
  expect(said).toContain("did you mean SCRIPTORIUM_OPERATOR_TOKEN?");
  expect(await readdir(directory.path)).toEqual([]);
});

test("a variable that may be of another release is only warned of", async () => {
  const server = await ServerProcess.start(directory.path, { env: { SCRIPTORIUM_TELEPATHY: "on" } });
  expect(server.output.join("")).toContain(
    '"variable":"SCRIPTORIUM_TELEPATHY","msg":"there is no such variable',
  );
  expect(await server.stop()).toBe(0);
});

function runs(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

async function onlySegment(): Promise<{ segment: string; bytes: Buffer }> {
  const log = join(directory.path, "log");
  const [name = "none", ...others] = (await readdir(log)).filter((file) => file.endsWith(".seg"));
  expect(others).toEqual([]);
  const segment = join(log, name);
  return { segment, bytes: await readFile(segment) };
}
