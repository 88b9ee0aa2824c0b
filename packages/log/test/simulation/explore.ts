import { vi } from "vitest";
import type { ProcessTime } from "./host";
import { type Schedule, type Step, scheduleOf } from "./schedule";
import { simulate } from "./simulation";

/** Timers and the monotonic clock, moved by the scheduler alone. */
const virtualTime: ProcessTime = {
  advance: (milliseconds) => {
    vi.advanceTimersByTime(milliseconds);
  },
  clear: () => {
    vi.clearAllTimers();
  },
};

/** Runs one schedule; rejects if the log did wrong. */
export async function runSchedule(schedule: Schedule): Promise<void> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
  try {
    await simulate(schedule, virtualTime);
  } finally {
    vi.useRealTimers();
  }
}

/**
 * Runs the schedules of the even or odd seeds among so many from `SIMULATE_SEED` on (`npm run simulate` sets
 * these). Rejects with the shortest account of the first that fails.
 */
export async function explore(parity: "even" | "odd"): Promise<void> {
  const first = Number(process.env.SIMULATE_SEED ?? 1);
  const end = first + Number(process.env.SIMULATE_SCHEDULES ?? 2400);
  for (let seed = first; seed < end; seed += 1) {
    if ((seed % 2 === 0) !== (parity === "even")) continue;
    const schedule = scheduleOf(seed);
    const failure = await failureOf(schedule);
    if (failure !== undefined) throw await explain(seed, schedule, failure);
  }
}

async function failureOf(schedule: Schedule): Promise<Error | undefined> {
  try {
    await runSchedule(schedule);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function explain(seed: number, schedule: Schedule, failure: Error): Promise<Error> {
  const { steps, ...conditions } = await shrink(schedule);
  const cause = (await failureOf({ ...conditions, steps })) ?? failure;
  const account = [
    `seed ${seed}: ${cause.message}`,
    `To repeat: npm run simulate -- --schedules 1 --seed ${seed}`,
    "The shortest schedule found that fails, for the list in regressions.test.ts:",
    `{ ...${JSON.stringify(conditions)}, steps: [`,
    ...steps.map((step) => `  ${JSON.stringify(step)},`),
    "] }",
  ];
  return new Error(account.join("\n"), { cause });
}

/** Leaves out steps, many at first, then single ones, for as long as what remains still fails. */
async function shrink(schedule: Schedule): Promise<Schedule> {
  let steps: Step[] = schedule.steps;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < steps.length; ) {
      const fewer = steps.toSpliced(at, size);
      if ((await failureOf({ ...schedule, steps: fewer })) === undefined) at += size;
      else steps = fewer;
    }
  }
  return { ...schedule, steps };
}
