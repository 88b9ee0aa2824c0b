import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { typedCharacters } from "../load/edits";
import { PreparedFrames } from "../load/prepared-frames";
import { closeAll, openReaders } from "../load/readers";
import type { Subject } from "../servers/subject";
import { quantile } from "../statistics";
import type { Extent, Figures, Scenario } from "./scenario";

const readerCount = 200;
const editIntervalMs = 50;
const warmUpEdits = 10;

/** One writer, many readers, an edit at a time: how long until each reader has it. */
export const relay: Scenario = {
  name: "relay",
  title: `relay latency: 1 writer, ${readerCount} readers, 20 edits/s`,
  servers: ["ours", "ywss", "hocuspocus", "ws"],
  figures: [
    { key: "p50", title: "p50, ms", decimals: 2 },
    { key: "p99", title: "p99, ms", decimals: 2 },
  ],
  bars: [
    { figure: "p50", atMostTimes: 1, of: "better peer" },
    { figure: "p99", atMostTimes: 1, of: "better peer" },
    { figure: "p50", atMostTimes: 1.15, of: "ws" },
    { figure: "p99", atMostTimes: 1.15, of: "ws" },
  ],
  begin: async (subject, extent) => () => measure(subject, extent),
};

async function measure(subject: Subject, { quick }: Extent): Promise<Figures> {
  const editCount = warmUpEdits + (quick ? 40 : 60);
  const document = await subject.createDocument();
  const sentAtMs: number[] = [];
  const latencies: number[] = [];
  let missing = 0;
  let landed = () => {};
  const readers = await openReaders(
    subject,
    document,
    readerCount,
    (_reader, _client, clock, arrivedAtMs) => {
      const edit = clock - 1;
      if (edit >= warmUpEdits) latencies.push(arrivedAtMs - (sentAtMs[edit] ?? Number.NaN));
      if (--missing === 0) landed();
    },
  );
  const writer = await subject.connect(document);
  const frames = new PreparedFrames(writer, typedCharacters(0, editCount), editCount);
  for (let edit = 0; edit < editCount; edit++) {
    const next = pause(editIntervalMs);
    missing = readerCount;
    const everywhere = new Promise<void>((resolve) => {
      landed = resolve;
    });
    sentAtMs.push(performance.now());
    frames.send(edit, edit + 1);
    await Promise.all([everywhere, next]);
  }
  await closeAll([writer, ...readers]);
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}
