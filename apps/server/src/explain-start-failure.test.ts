import { LogError } from "@scriptorium/log";
import { expect, test } from "vitest";
import { explainStartFailure } from "./explain-start-failure";
import { temporaryDirectory } from "./testing/temporary-directory";

const facts = { host: "127.0.0.1", port: 8080, dataDirectory: "/srv/data" };

function systemError(code: string, details: object = {}): Error {
  return Object.assign(new Error(`${code}: something`), { code, ...details });
}

test.each([
  ["ENOSPC", {}, "The disk of /srv/data is full."],
  ["EDQUOT", {}, "The disk of /srv/data is full."],
  [
    "EROFS",
    { path: "/srv/data/log", syscall: "mkdir" },
    "/srv/data/log is on a file system that is mounted read-only.",
  ],
  ["ENOTDIR", { path: "/srv/data/log" }, "/srv/data/log is no directory."],
  ["EADDRINUSE", { port: 80, syscall: "listen" }, "Something else listens on 127.0.0.1, port 80 already."],
  ["EACCES", { port: 80, syscall: "listen" }, "This user may not listen on 127.0.0.1, port 80."],
])("explains %s of %j", (code, details, sentence) => {
  expect(explainStartFailure(systemError(code, details), facts)).toContain(sentence);
});

test("knows a full disk by what a thread says of it", () => {
  const error = new Error("SqliteError: database or disk is full\n    at run (worker.js:1:1)");
  expect(explainStartFailure(error, facts)).toContain("The disk of /srv/data is full.");
});

test("says whose a directory is that may not be written, however the error was wrapped", async () => {
  const path = await temporaryDirectory();
  const cause = systemError("EACCES", { path: `${path}/log/LOCK`, syscall: "open" });
  const wrapped = new LogError("DIRECTORY_UNUSABLE", "cannot open the log", { cause });
  const explained = explainStartFailure(wrapped, { ...facts, dataDirectory: path });
  expect(explained).toContain(`may not read and write ${path}/log/LOCK`);
  expect(explained).toContain(`${path})`);
});

test("gives no advice on directories above one that cannot be made", () => {
  const error = systemError("EACCES", { path: "/srv/none/data", syscall: "mkdir" });
  const explained = explainStartFailure(error, { ...facts, dataDirectory: "/srv/none/data" });
  expect(explained).toMatch(
    /may not make \/srv\/none\/data\. Make it \(sudo install -d .*\/srv\/none\/data\)/,
  );
  expect(explained).not.toContain("chown");
});

test("knows what Node says of a directory where none can be made", () => {
  const error = systemError("ENOENT", { path: "/proc/none/data", syscall: "mkdir" });
  expect(explainStartFailure(error, facts)).toContain("/proc/none/data cannot be made there.");
});

test("leaves the message of the log alone, and knows nothing of our own mistakes", () => {
  expect(explainStartFailure(new LogError("LOCKED", "the log is in use"), facts)).toBe("the log is in use");
  expect(explainStartFailure(new TypeError("undefined is not a function"), facts)).toBeUndefined();
});
