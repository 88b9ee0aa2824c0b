const periods = ["last", "hourly", "daily", "weekly", "monthly"] as const;

type Period = (typeof periods)[number];

/** How many backups stay: the newest so many, and the newest of each of so many hours, days, weeks and months. */
export type BackupPolicy = Readonly<Record<Period, number>>;

/** `14`, or `3 last, 7 daily, 4 weekly`. @returns undefined for anything else, and for what keeps none */
export function parseBackupPolicy(text: string): BackupPolicy | undefined {
  const policy: Record<Period, number> = { last: 0, hourly: 0, daily: 0, weekly: 0, monthly: 0 };
  const bare = /^\s*(\d{1,5})\s*$/.exec(text);
  for (const part of bare === null ? text.split(",") : [`${bare[1]} last`]) {
    const [, count, name] = /^\s*(\d{1,5})\s+([a-z]+)\s*$/.exec(part) ?? [];
    const period = periods.find((candidate) => candidate === name);
    if (count === undefined || period === undefined) return undefined;
    policy[period] = Number(count);
  }
  return periods.some((period) => policy[period] > 0) ? policy : undefined;
}

const dayMs = 24 * 60 * 60 * 1000;

/** In UTC; a week begins on a Monday. */
const bucketOf: Readonly<Record<Exclude<Period, "last">, (at: Date) => string>> = {
  hourly: (at) => at.toISOString().slice(0, 13),
  daily: (at) => at.toISOString().slice(0, 10),
  // Day 0, 1970-01-01, was a Thursday.
  weekly: (at) => String(Math.floor((at.getTime() / dayMs + 3) / 7)),
  monthly: (at) => at.toISOString().slice(0, 7),
};

/** Those of `times`, newest first, that the policy has no use for any more. The newest always stays. */
export function superfluous(times: readonly Date[], policy: BackupPolicy): Date[] {
  const kept = new Set(times.slice(0, Math.max(1, policy.last)));
  for (const period of ["hourly", "daily", "weekly", "monthly"] as const) {
    const newest = new Map<string, Date>();
    for (const at of times) {
      const bucket = bucketOf[period](at);
      if (!newest.has(bucket) && newest.size < policy[period]) newest.set(bucket, at);
    }
    for (const at of newest.values()) kept.add(at);
  }
  return times.filter((at) => !kept.has(at));
}
