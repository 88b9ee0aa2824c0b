import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "./harness/cli-process";
import { temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

afterEach(() => directory.remove());

test("help lists every command and the exit codes", async () => {
  const { code, stdout, stderr } = await runCli(["help"]);
  expect(code).toBe(0);
  expect(stderr).toBe("");
  for (const name of ["log inspect", "log verify", "backup", "restore", "doctor", "config check", "id"]) {
    expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, "m"));
  }
  expect(stdout).toMatch(/^ {2}1 +damage was found, or something that must be mended$/m);
  expect((await runCli(["--help"])).stdout).toBe(stdout);
});

test("help on a command shows its options, however it is asked for", async () => {
  const { code, stdout } = await runCli(["help", "restore"]);
  expect(code).toBe(0);
  expect(stdout).toContain("Usage: scriptorium restore SOURCE [options]");
  expect(stdout).toContain("--dry-run");
  expect((await runCli(["restore", "--help"])).stdout).toBe(stdout);
  expect((await runCli(["help", "log", "verify"])).stdout).toContain(
    "Usage: scriptorium log verify [options]",
  );
});

test("the version is the package's", async () => {
  const { code, stdout } = await runCli(["--version"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

const mistakes: [string, string[], RegExp][] = [
  ["no command", [], /which command\? See: scriptorium help/],
  ["an unknown command", ["frobnicate"], /no command "frobnicate"/],
  ["half a command", ["log"], /which one\? log inspect, log dump, log verify, log salvage/],
  ["an unknown option", ["log", "verify", "--quick"], /Unknown option '--quick'.*help log verify/],
  ["an option without its value", ["log", "dump", "--limit"], /--limit/],
  ["a value that is no number", ["log", "dump", "--limit", "some"], /--limit takes a whole number, not some/],
  ["a document that is none", ["log", "dump", "--document", "draft"], /--document takes a document's ID/],
  ["a missing argument", ["backup"], /TARGET is missing/],
  ["an empty argument, as of an unset variable", ["restore", "a", "--to", ""], /an argument is empty/],
  ["an argument too many", ["restore", "a", "b"], /one argument too many: b/],
  ["a time that is none", ["restore", "a", "--at", "yesterday"], /--at takes a time/],
  ["an ID of no known scheme", ["id", "?"], /is not a ULID.* has 1 character\./],
  ["an ID past its range", ["id", "9223372036854775808"], /A Snowflake has 63 bits/],
  ["an ID with a look-alike", ["id", "O1ARZ3NDEKTSV4RRFFQ69G5FAV"], /character 1 is "O".*Meant: 01ARZ3/],
  ["a scheme that cannot be minted", ["id", "mint", "uuid-v5"], /Schemes: ulid, snowflake/],
  ["too many samples", ["id", "mint", "ulid", "--count", "100001"], /--count is 1 to 100000/],
];

test.each(mistakes)("%s is explained, and ends with 2", async (_title, args, message) => {
  const { code, stdout, stderr } = await runCli(args);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain("    at ");
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

test("with --json the mistake is JSON, too", async () => {
  const { code, stdout, stderr } = await runCli(["log", "verify", "--data", directory.path, "--json"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({ error: { code: "NOT_FOUND", message: expect.any(String) } });
  expect(stderr).toContain(`there is no log in ${join(directory.path, "log")}`);
});

test.each(["inspect", "dump", "verify", "salvage"])(
  "log %s of a directory without a log ends with 2",
  async (command) => {
    const missing = await runCli(["log", command], { SCRIPTORIUM_DATA_DIR: join(directory.path, "nowhere") });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("nowhere");
    await mkdir(join(directory.path, "log"));
    const empty = await runCli(["backup", join(directory.path, "copy"), "--data", directory.path]);
    expect(empty.code).toBe(2);
  },
);

test("an ID is drawn bit by bit", async () => {
  const { code, stdout } = await runCli(["id", "01M7YHTAQHCFT2R1MR778KHV42"]);
  expect(code).toBe(0);
  expect(stdout).toContain(`  0  ${Array(6).fill("aaaaaaaa").join(" ")} bbbbbbbb bbbbbbbb\n`);
  expect(stdout).toMatch(/^a +time +48 +1795247909617 /m);
  expect(stdout).toMatch(/^time {5}2026-11-21T07:58:29\.617Z, (now|in|\d+ \w+ ago)/m);
  expect(stdout).toMatch(/^local {4}\w+.* 2026 at /m);
  expect(stdout).not.toContain("Names");
});

test("an ID explains itself in JSON", async () => {
  const { stdout } = await runCli(["id", "382456720967860224", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    id: "382456720967860224",
    explanations: [{ scheme: "snowflake", time: { iso: "2026-11-21T09:06:27.981Z" }, node: 0 }],
  });
});

test("samples are minted, one a line, in order", async () => {
  const { code, stdout } = await runCli(["id", "mint", "ULID", "--count", "2500"]);
  expect(code).toBe(0);
  const ids = stdout.trimEnd().split("\n");
  expect(ids).toHaveLength(2500);
  expect(new Set(ids).size).toBe(2500);
  expect(ids).toEqual(ids.toSorted());
  const json = await runCli(["id", "mint", "uuid-v7", "--json"]);
  expect(JSON.parse(json.stdout)).toEqual({
    scheme: "uuid-v7",
    ids: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
  });
});
