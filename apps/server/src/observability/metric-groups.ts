/** Metrics as operators think of them: the four golden signals, then what is particular to this server. */
export const metricGroups = [
  "traffic",
  "errors",
  "latency",
  "saturation",
  "log",
  "projections",
  "users",
  "business",
  "documents",
] as const;

export type MetricGroup = (typeof metricGroups)[number];

const users: ReadonlySet<MetricGroup> = new Set(["users", "business", "documents"]);
const named: Readonly<Record<string, readonly MetricGroup[]>> = {
  all: metricGroups,
  /** The machine, and nothing of people and what they do. */
  basic: metricGroups.filter((group) => !users.has(group)),
  off: [],
};

/** What is to be measured: `all`, `basic`, `off`, or names of groups with commas between them. Undefined for anything else. */
export function parseMetricGroups(text: string): ReadonlySet<MetricGroup> | undefined {
  const words = text.split(",").map((word) => word.trim());
  const [only = ""] = words;
  const whole = words.length === 1 && Object.hasOwn(named, only) ? named[only] : undefined;
  if (whole !== undefined) return new Set(whole);
  const groups = metricGroups.filter((group) => words.includes(group));
  return groups.length === words.length ? new Set(groups) : undefined;
}
