import { type SaturateOptions, type Saturation, saturate } from "../rooms/load/saturate";
import { oursWith } from "../rooms/servers/ours";
import { Subject } from "../rooms/servers/subject";
import { median } from "../rooms/statistics";

/** What a round of one setting came to, everything measured beside nothing. */
interface Ratio {
  readonly rate: number;
  readonly cpu: number;
}

export interface Cost extends Ratio {
  readonly title: string;
  /** Edits per second, with everything measured. */
  readonly perSecond: number;
}

const settings: readonly {
  readonly title: string;
  readonly load: Pick<SaturateOptions, "writers" | "readers" | "inFlight">;
}[] = [
  { title: "1 writer, 1 reader, 256 in flight", load: { writers: 1, readers: 1, inFlight: 256 } },
  { title: "1 writer, 50 readers, 256 in flight", load: { writers: 1, readers: 50, inFlight: 256 } },
  { title: "10 writers, 50 readers, 256 in flight", load: { writers: 10, readers: 50, inFlight: 256 } },
];

/** Saturates a server that measures these groups and one that measures nothing, in turns. */
export async function measureCost(groups: string, rounds: number, core: number | undefined): Promise<Cost[]> {
  const on = await Subject.start(oursWith("on", { SCRIPTORIUM_METRICS: groups }), core);
  const off = await Subject.start(oursWith("off", { SCRIPTORIUM_METRICS: "off" }), core);
  try {
    const costs: Cost[] = [];
    for (const { title, load } of settings) {
      const options = { ...load, warmUpMs: 500, measureMs: 1500, editsMax: 150_000 };
      // What comes first finds code that is not compiled yet.
      for (const subject of [on, off]) await saturate(subject, options);
      const ratios: Ratio[] = [];
      const rates: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const [first, second] = round % 2 === 0 ? [on, off] : [off, on];
        const results = new Map<Subject, Saturation>();
        for (const subject of [first, second]) results.set(subject, await saturate(subject, options));
        const [all, none] = [results.get(on), results.get(off)];
        if (all === undefined || none === undefined) continue;
        ratios.push({
          rate: all.updatesPerSecond / none.updatesPerSecond,
          cpu: all.cpuSecondsPer10k / none.cpuSecondsPer10k,
        });
        rates.push(all.updatesPerSecond);
      }
      costs.push({
        title,
        rate: median(ratios.map(({ rate }) => rate)),
        cpu: median(ratios.map(({ cpu }) => cpu)),
        perSecond: median(rates),
      });
    }
    return costs;
  } finally {
    await on.remove();
    await off.remove();
  }
}
