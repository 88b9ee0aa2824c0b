import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { Log } from "../../src/log";
import { verifyLog } from "../../src/verify";
import { bundle } from "../bundle";
import { collect, temporaryDirectory } from "../support";
import { assertSame } from "./model";
import { keyCount, recordAt } from "./numbered-records";
import { Random } from "./random";

const rounds = 15;
let script = "";

beforeAll(async () => {
  script = await bundle("simulation/appender");
}, 30_000);

/** Lets a process append until it has reported `reports` times, kills it, and returns what it reported last. */
async function appendUntilKilled(directory: string, reports: number): Promise<number> {
  const child = spawn(process.execPath, [script, directory], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const exited = once(child, "exit");
  let last = "";
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    count += 1;
    if (count === reports) child.kill("SIGKILL");
  }
  expect(await exited).toEqual([null, "SIGKILL"]);
  return last === "open" ? 0 : Number(last);
}

async function assertAllThere(log: Log): Promise<void> {
  const expected = Array.from({ length: log.durablePosition }, (_, index) => ({
    position: index + 1,
    ...recordAt(index + 1),
  }));
  assertSame(await collect(log.read()), expected);
  for (const { key } of expected.slice(0, keyCount)) {
    const wanted = expected.filter((record) => Buffer.compare(record.key, key) === 0);
    assertSame(await collect(log.readKey(key, { reverse: true })), wanted.reverse());
  }
}

test("processes killed at any moment, while segments are sealed, lose nothing they acknowledged", async () => {
  const seed = Number(process.env.SIMULATE_SEED ?? 1);
  const random = new Random(seed);
  const directory = await temporaryDirectory();
  let sealedSegments = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const acknowledged = await appendUntilKilled(directory, random.between(1, 60));
    const where = `round ${round}, seed ${seed}`;
    const { damages, lastPosition } = await verifyLog(directory);
    expect(damages, where).toEqual([]);
    expect(lastPosition, where).toBeGreaterThanOrEqual(acknowledged);
    const log = await Log.open({ directory, sealing: false });
    expect(log.durablePosition, where).toBeGreaterThanOrEqual(acknowledged);
    await assertAllThere(log);
    sealedSegments = log.recovery.sealedSegments;
    await log.close();
  }
  expect(sealedSegments).toBeGreaterThan(10);
}, 120_000);
