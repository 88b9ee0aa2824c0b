import { join } from "node:path";
import { snowflakeParts } from "@scriptorium/ids";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory";
import { EmbeddedLog, type EmbeddedLogOptions } from "./embedded-log";

const noon = Date.UTC(2026, 5, 1, 12);
const entry = {
  key: new Uint8Array(16),
  stream: 1,
  kind: 1,
  author: new Uint8Array(16),
  payload: new Uint8Array(),
};

async function openIn(directory: string, options: Partial<EmbeddedLogOptions>): Promise<EmbeddedLog> {
  return EmbeddedLog.open({
    directory: join(directory, "log"),
    durability: "os",
    node: 0,
    payloadBytesMax: 1000,
    ...options,
  });
}

test("asks for its node once no other process can have the log, and mints by it", async () => {
  const directory = await temporaryDirectory();
  const log = await openIn(directory, {
    node: async () => {
      await expect(openIn(directory, {})).rejects.toMatchObject({ code: "LOCKED" });
      return 517;
    },
  });
  expect(log.node).toBe(517);
  expect(snowflakeParts(log.append(entry).revision).node).toBe(517);
  await log.close();
});

test("lets go of the log if there is no node to be had", async () => {
  const directory = await temporaryDirectory();
  const refusal = new Error("no permission");
  await expect(openIn(directory, { node: () => Promise.reject(refusal) })).rejects.toBe(refusal);
  await (await openIn(directory, {})).close();
});

test("revisions go on when the clock goes back, also across a restart, and each time is counted", async () => {
  const directory = await temporaryDirectory();
  let nowMs = noon;
  const log = await openIn(directory, { now: () => nowMs });
  const revisions = [noon, noon - 60_000, noon + 60_000].map((readMs) => {
    nowMs = readMs;
    return log.append(entry).revision;
  });
  expect(log.clockFaults).toEqual({ stepsBack: 1, stepsForward: 1, sequenceExhausted: 0 });
  await log.close();

  nowMs = noon;
  const reopened = await openIn(directory, { now: () => nowMs });
  revisions.push(reopened.append(entry).revision);
  expect(reopened.clockFaults).toEqual({ stepsBack: 1, stepsForward: 0, sequenceExhausted: 0 });
  expect(revisions).toEqual(revisions.toSorted((a, b) => (a < b ? -1 : 1)));
  expect(new Set(revisions).size).toBe(4);
  await reopened.close();
});
