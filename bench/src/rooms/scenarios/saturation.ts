import { type SaturateOptions, saturate } from "../load/saturate";
import type { Subject } from "../servers/subject";
import type { Bar, Extent, FigureSpec, Figures, Scenario } from "./scenario";

interface Setting {
  readonly key: string;
  readonly title: string;
  readonly load: Pick<SaturateOptions, "writers" | "readers" | "inFlight">;
  /** How many times the better peer's updates per second. */
  readonly atLeastTimes: number;
}

const oneWriter: readonly Setting[] = [
  {
    key: "50x256",
    title: "50 readers, 256 in flight",
    load: { writers: 1, readers: 50, inFlight: 256 },
    atLeastTimes: 2,
  },
  {
    key: "50x16",
    title: "50 readers, 16 in flight",
    load: { writers: 1, readers: 50, inFlight: 16 },
    atLeastTimes: 1.5,
  },
  {
    key: "50x1",
    title: "50 readers, 1 in flight",
    load: { writers: 1, readers: 50, inFlight: 1 },
    atLeastTimes: 1.1,
  },
  {
    key: "10x256",
    title: "10 readers, 256 in flight",
    load: { writers: 1, readers: 10, inFlight: 256 },
    atLeastTimes: 1.5,
  },
];

const tenWriters: readonly Setting[] = [
  {
    key: "10w",
    title: "50 readers, 256 in flight",
    load: { writers: 10, readers: 50, inFlight: 256 },
    atLeastTimes: 2,
  },
];

/** One writer, as fast as all readers keep up. */
export const saturation: Scenario = {
  ...scenarioOf(oneWriter),
  name: "saturation",
  title: "saturation: 1 writer",
  bars: [...ratesOf(oneWriter), { figure: "cpu50x256", atMostTimes: 0.5, of: "better peer" }],
};

/** Several people who type at once. */
export const writers: Scenario = {
  ...scenarioOf(tenWriters),
  name: "writers",
  title: "saturation: 10 concurrent writers in one room",
  bars: ratesOf(tenWriters),
};

function scenarioOf(settings: readonly Setting[]): Pick<Scenario, "servers" | "figures" | "begin"> {
  return {
    servers: ["ours", "ywss", "hocuspocus", "ws"],
    figures: settings.flatMap(({ key, title }): FigureSpec[] => [
      { key: `rate${key}`, title: `${title}: updates/s`, decimals: 0 },
      { key: `cpu${key}`, title: "  server CPU s per 10,000", decimals: 2 },
      { key: `load${key}`, title: "  load process, share of its core", decimals: 2 },
    ]),
    begin: async (subject, extent) => () => measure(subject, settings, extent),
  };
}

async function measure(subject: Subject, settings: readonly Setting[], { quick }: Extent): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const { key, load } of settings) {
    const extent = {
      warmUpMs: quick ? 200 : 300,
      measureMs: quick ? 600 : 1000,
      editsMax: editsMax(load.inFlight),
    };
    const result = await saturate(subject, { ...load, ...extent });
    figures[`rate${key}`] = result.updatesPerSecond;
    figures[`cpu${key}`] = result.cpuSecondsPer10k;
    figures[`load${key}`] = result.loadShare;
  }
  return figures;
}

function ratesOf(settings: readonly Setting[]): Bar[] {
  return settings.map(({ key, atLeastTimes }) => ({ figure: `rate${key}`, atLeastTimes, of: "better peer" }));
}

/** More than any server passes on in the time; to prepare them takes time, too. */
function editsMax(inFlight: number): number {
  return Math.min(100_000, 10_000 * inFlight);
}
