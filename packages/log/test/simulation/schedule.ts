import type { Durability } from "../../src/committer";
import { Random } from "./random";
import type { DiskFaults } from "./simulated-disk";

/** What the disk of a schedule is like. */
export type Character = "honest" | "failing" | "full" | "unreadable" | "lying" | "rotting" | "garbling";

export type Restart = "close" | "kill" | "powerCut";

type Filling = "random" | "zeros" | "decoys";

export interface AppendStep {
  do: "append";
  /** Taken in one go. */
  records: number;
  key: number;
  /** Keys in turn, from `key` on. */
  keys: number;
  payloadBytes: number;
  /** `decoys` look like records to whoever does not check the salt. */
  filling: Filling;
}

/** Places in the log are given from 0, its beginning, to 1, its newest durable record. */
export interface ReadStep {
  do: "read";
  /** All keys if absent. */
  key?: number;
  stream?: number;
  after: number;
  through: number;
  /** Where the lowest wanted revision is. */
  since?: number;
  reverse: boolean;
}

/** A reader without the lock goes on to the newest durable record; one of a single key begins anew. */
export interface FollowStep {
  do: "follow";
  key?: number;
}

export interface DamageStep {
  do: "damage";
  /** `gap`: one record is taken out, and what follows moves up. */
  what: "bit" | "sector" | "gap" | "cut" | "missing";
  /** Which segment, and where in it, from 0 to 1. */
  segment: number;
  place: number;
  /** How the log gets well again, if it has refused to open: the file is put right, or salvaged. */
  remedy: "restore" | "salvage";
}

/** A bit of a segment that is no longer written to flips under the open log, and flips back. */
export interface FlickerStep {
  do: "flicker";
  segment: number;
  place: number;
}

/** Old records are dropped; the process may end while that goes on, after so many operations. */
export interface DropStep {
  do: "drop";
  before: number;
  interruptedAfter?: number;
}

export interface RestartStep {
  do: "restart";
  how: Restart;
  /** The power is cut while the log is being opened again, after so many operations; then it is opened once more. */
  cutAfter?: number;
}

/** One thing that happens. */
export type Action =
  | AppendStep
  | ReadStep
  | DamageStep
  | FlickerStep
  | DropStep
  /** The disk completes some operations. */
  | { do: "proceed"; operations: number }
  /** Everything asked for completes, but sealing. */
  | { do: "wait" }
  /** Sealing completes. */
  | { do: "seal" }
  /** Time passes. */
  | { do: "age"; milliseconds: number }
  | FollowStep
  /** All of the log is verified, while it is written. */
  | { do: "verify" }
  | { do: "fill"; freeBytes: number }
  | { do: "free" }
  | RestartStep;

/** Each step brings its own luck, so that taking one out changes the others as little as possible. */
export type Step = Action & { seed: number };

export interface Schedule {
  character: Character;
  durability: Durability;
  sealing: boolean;
  segmentBytesMax: number;
  segmentAgeMsMax: number;
  recordBytesMax: number;
  pendingBytesMax: number;
  faults: Partial<DiskFaults>;
  steps: Step[];
}

const faulty: [Character, ...Character[]] = [
  "failing",
  "full",
  "full",
  "unreadable",
  "lying",
  "rotting",
  "rotting",
  "garbling",
];

/** The schedule that belongs to `seed`: on an honest disk if that is even, otherwise on one that has faults. */
export function scheduleOf(seed: number): Schedule {
  const random = new Random(seed);
  const character = seed % 2 === 0 ? "honest" : random.pick(faulty);
  // Large enough, now and then, for segments of several index blocks of 64 KiB.
  const isLarge = random.chance(0.05);
  const recordBytesMax = isLarge ? 80_000 : random.pick([700, 2500, 5000]);
  const schedule: Schedule = {
    character,
    durability: random.pick<Durability>(["fsync", "fsync", "fsync", "interval", "os"]),
    sealing: random.chance(0.75),
    segmentBytesMax: isLarge ? 300_000 : random.pick([1024, 1500, 4096, 10_000, 40_000]),
    segmentAgeMsMax: random.pick([1000, 100_000_000]),
    recordBytesMax,
    pendingBytesMax: random.pick([recordBytesMax, 4 * recordBytesMax, 1_000_000]),
    faults: { ...faultsOf(character, random), writeShort: random.pick([0, 0, 0.3]) },
    steps: [],
  };
  if (character === "rotting") schedule.durability = "fsync";
  const length = random.between(8, 40);
  while (schedule.steps.length < length) {
    schedule.steps.push({ ...chooseAction(schedule, random), seed: random.bits() });
  }
  return schedule;
}

function faultsOf(character: Character, random: Random): Partial<DiskFaults> {
  switch (character) {
    case "failing":
      return { syncFails: random.pick([0.05, 0.2]), writeFails: random.pick([0, 0.05]) };
    case "unreadable":
      return { readFails: random.pick([0.02, 0.1]) };
    case "lying":
      return { syncLies: random.pick([0.1, 0.5, 1]) };
    case "garbling":
      return { sealGarbles: random.pick([0.1, 0.4]) };
    default:
      return {};
  }
}

/** How often each action comes up, by the disk's character. */
const always = { append: 30, proceed: 16, wait: 8, seal: 4, age: 2, read: 11, follow: 5, verify: 3 };
const weightsOf: Record<Character, Partial<Record<Action["do"], number>>> = {
  honest: { ...always, restart: 12, drop: 2 },
  failing: { ...always, restart: 12 },
  full: { ...always, restart: 8, fill: 8, free: 6 },
  unreadable: { ...always, restart: 6, read: 20, follow: 10 },
  lying: { ...always, restart: 10 },
  garbling: { ...always, restart: 10, drop: 2 },
  rotting: { ...always, restart: 3, damage: 10, flicker: 4, drop: 1 },
};

function chooseAction(schedule: Schedule, random: Random): Action {
  const weights = Object.entries(weightsOf[schedule.character]);
  let ticket = random.below(weights.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [name, weight] of weights) {
    ticket -= weight;
    if (ticket < 0) return createAction(name, schedule, random);
  }
  return { do: "wait" };
}

function createAction(name: string, schedule: Schedule, random: Random): Action {
  switch (name) {
    case "append":
      return createAppend(schedule, random);
    case "proceed":
      return { do: "proceed", operations: random.pick([1, 2, 3, 5, 9, 20]) };
    case "read":
      return createRead(random);
    case "follow":
      return { do: "follow", ...(random.chance(0.3) ? { key: random.below(6) } : {}) };
    case "seal":
    case "verify":
    case "free":
      return { do: name };
    case "age":
      return { do: "age", milliseconds: random.pick([10, 500, 2000]) };
    case "restart":
      return createRestart(random);
    case "fill":
      return { do: "fill", freeBytes: random.pick([0, 1, 64, 65, 500, 3000, 8000]) };
    case "drop":
      return createDrop(random);
    case "damage":
      return createDamage(random);
    case "flicker":
      return { do: "flicker", segment: fraction(random), place: fraction(random) };
    default:
      return { do: "wait" };
  }
}

function createAppend({ recordBytesMax, character }: Schedule, random: Random): AppendStep {
  const sizes: [number, ...number[]] = [0, 1, 20, 20, 20, 100, 448, 449, 1200, 30_000, recordBytesMax - 64];
  const filling = random.pick<Filling>(["random", "random", "random", "zeros", "decoys"]);
  return {
    do: "append",
    records: random.pick([1, 1, 1, 2, 3, 5, 12]),
    key: random.below(6),
    keys: random.pick([1, 1, 2, 4]),
    payloadBytes: Math.min(random.pick(sizes), recordBytesMax - 64),
    // A sector of zeros in the last commit may be taken for one that was never written: rot would be cut.
    filling: character === "rotting" && filling === "zeros" ? "random" : filling,
  };
}

function createRead(random: Random): ReadStep {
  return {
    do: "read",
    ...(random.chance(0.6) ? { key: random.below(6) } : {}),
    ...(random.chance(0.3) ? { stream: random.below(2) } : {}),
    after: random.chance(0.5) ? 0 : fraction(random),
    through: random.chance(0.5) ? 1 : fraction(random),
    ...(random.chance(0.2) ? { since: fraction(random) } : {}),
    reverse: random.chance(0.4),
  };
}

function createDamage(random: Random): DamageStep {
  return {
    do: "damage",
    what: random.pick<DamageStep["what"]>(["bit", "bit", "bit", "sector", "sector", "gap", "cut", "missing"]),
    segment: fraction(random),
    place: fraction(random),
    remedy: random.pick<DamageStep["remedy"]>(["restore", "restore", "salvage"]),
  };
}

function createRestart(random: Random): RestartStep {
  return {
    do: "restart",
    how: random.pick<Restart>(["close", "kill", "powerCut", "powerCut"]),
    ...(random.chance(0.4) ? { cutAfter: random.below(random.pick([10, 40])) } : {}),
  };
}

function createDrop(random: Random): DropStep {
  return {
    do: "drop",
    before: fraction(random),
    ...(random.chance(0.5) ? { interruptedAfter: random.below(12) } : {}),
  };
}

function fraction(random: Random): number {
  return random.below(1001) / 1000;
}
