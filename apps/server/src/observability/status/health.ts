/** What the server knows of how it is. */
export interface HealthFacts {
  readonly log: "open" | "full" | "failed" | "closed";
  readonly projectionsStand: boolean;
  readonly projectionsLagSeconds: number;
  readonly searchLagSeconds: number;
  readonly damagedDocuments: number;
  readonly diskFreeBytes: number;
  readonly diskSizeBytes: number;
  readonly eventLoopLagSeconds: number;
  /** Undefined where the server does not back itself up. */
  readonly backup:
    | {
        readonly isFailing: boolean;
        /** Since the newest proven backup began, or since the start if there is none. */
        readonly ageSeconds: number;
        readonly everySeconds: number;
      }
    | undefined;
}

export type HealthState = "good" | "warning" | "bad";

/** One thing that may be in order or not. */
export interface Check {
  readonly name: "log" | "disk" | "projections" | "search" | "damage" | "backup" | "eventLoop";
  readonly state: HealthState;
  /** What decided it: bytes that are free, seconds, the age of a backup, documents; 1 for a log that takes records. */
  readonly value: number;
}

const GiB = 1024 ** 3;
const lagSecondsMax = 10;
const searchLagSecondsMax = 300;
const eventLoopLagSecondsMax = 0.1;

/** All checks, in the order of their weight. */
export function checkHealth(facts: HealthFacts): Check[] {
  const { log, diskFreeBytes, diskSizeBytes, damagedDocuments, projectionsLagSeconds, searchLagSeconds } =
    facts;
  const warnIf = (isWrong: boolean): HealthState => (isWrong ? "warning" : "good");
  const isLow = diskFreeBytes < Math.min(5 * GiB, diskSizeBytes / 10);
  const isFull = diskFreeBytes < Math.min(GiB / 4, diskSizeBytes / 100);
  return [
    { name: "log", state: log === "open" ? "good" : "bad", value: log === "open" ? 1 : 0 },
    { name: "disk", state: isFull ? "bad" : warnIf(isLow), value: diskFreeBytes },
    {
      name: "projections",
      state: facts.projectionsStand ? "bad" : warnIf(projectionsLagSeconds > lagSecondsMax),
      value: projectionsLagSeconds,
    },
    { name: "damage", state: warnIf(damagedDocuments > 0), value: damagedDocuments },
    ...checkBackup(facts),
    { name: "search", state: warnIf(searchLagSeconds > searchLagSecondsMax), value: searchLagSeconds },
    {
      name: "eventLoop",
      state: warnIf(facts.eventLoopLagSeconds > eventLoopLagSecondsMax),
      value: facts.eventLoopLagSeconds,
    },
  ];
}

/** A backup takes its time: it is late when the next but one is due. */
function checkBackup({ backup }: HealthFacts): Check[] {
  if (backup === undefined) return [];
  const isLate = backup.ageSeconds > 2 * backup.everySeconds;
  return [
    { name: "backup", state: backup.isFailing || isLate ? "warning" : "good", value: backup.ageSeconds },
  ];
}
