import { test, vi } from "vitest";

vi.mock("../../src/compress", () => import("./prompt-compress"));

import { runSchedule } from "./explore";
import type { Action, Schedule } from "./schedule";

const append: Action = {
  do: "append",
  records: 3,
  key: 0,
  keys: 2,
  payloadBytes: 300,
  filling: "random",
};

/** Two segments to be sealed, and an end after so many operations of that, and of opening the log again. */
function scheduleOf(operations: number, cutAfter: number): Schedule {
  const actions: Action[] = [
    append,
    { do: "wait" },
    append,
    { do: "wait" },
    append,
    { do: "wait" },
    { do: "proceed", operations },
    { do: "restart", how: "kill", cutAfter },
  ];
  return {
    character: "honest",
    durability: "fsync",
    sealing: true,
    segmentBytesMax: 1200,
    segmentAgeMsMax: 100_000_000,
    recordBytesMax: 1000,
    pendingBytesMax: 10_000,
    faults: {},
    steps: actions.map((action, index) => ({ ...action, seed: operations * 1000 + cutAfter * 10 + index })),
  };
}

test("a process killed anywhere in sealing, and the power cut anywhere in the recovery, lose nothing", async () => {
  for (let operations = 0; operations < 40; operations += 1) {
    for (let cutAfter = 0; cutAfter < 30; cutAfter += 1) await runSchedule(scheduleOf(operations, cutAfter));
  }
}, 120_000);
