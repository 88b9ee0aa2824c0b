import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { bundle } from "../test/bundle";
import { logErrorOf, numbers, openLog, positionsOf, temporaryDirectory } from "../test/support";
import { lockDirectory } from "./directory-lock";
import { Log } from "./log";

let script = "";

beforeAll(async () => {
  script = await bundle("child");
}, 30_000);

interface Child {
  process: ChildProcessByStdio<null, Readable, null>;
  lines: AsyncIterator<string>;
}

function start(directory: string): Child {
  const process = spawn(globalThis.process.execPath, [script, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    process.kill("SIGKILL");
  });
  return { process, lines: createInterface({ input: process.stdout })[Symbol.asyncIterator]() };
}

async function nextLine({ lines }: Child): Promise<string> {
  return String((await lines.next()).value);
}

async function kill({ process }: Child): Promise<void> {
  const exited = once(process, "exit");
  process.kill("SIGKILL");
  await exited;
}

test("one holder at a time, and no file but the lock", async () => {
  const directory = await temporaryDirectory();
  const lock = await lockDirectory(directory);
  expect((await logErrorOf(() => lockDirectory(directory))).code).toBe("LOCKED");
  expect(await readdir(directory)).toEqual(["LOCK"]);
  await lock.release();
  await (await lockDirectory(directory)).release();
});

test("a second log in this process is refused, with a hint, until the first is closed", async () => {
  const directory = await temporaryDirectory();
  const log = await openLog({ directory });
  const error = await logErrorOf(() => Log.open({ directory }));
  expect(error.code).toBe("LOCKED");
  expect(error.message).toContain(directory);
  expect(error.hint).toBeDefined();
  await log.close();
  await openLog({ directory });
});

test("another process is refused, in both directions", async () => {
  const directory = await temporaryDirectory();
  const child = start(directory);
  expect(await nextLine(child)).toBe("open");
  expect((await logErrorOf(() => Log.open({ directory }))).code).toBe("LOCKED");
  expect(await nextLine(start(directory))).toBe("LOCKED");
}, 30_000);

test("a killed owner frees the lock, and nothing it acknowledged is missing", async () => {
  const directory = await temporaryDirectory();
  let acknowledged = 0;
  for (const acknowledgements of [1, 7, 40]) {
    const child = start(directory);
    expect(await nextLine(child)).toBe("open");
    for (let count = 0; count < acknowledgements; count += 1) {
      acknowledged = Number((await nextLine(child)).replace("durable ", ""));
    }
    await kill(child);
    const log = await openLog({ directory });
    expect(log.durablePosition).toBeGreaterThanOrEqual(acknowledged);
    expect(await positionsOf(log.read())).toEqual(numbers(1, log.durablePosition));
    await log.close();
  }
}, 30_000);
