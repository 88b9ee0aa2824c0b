import { type MintableScheme, SampleMint } from "@scriptorium/ids";
import { indexInOrder } from "./index-pages";
import type { MeasuredScheme, Measurement, MeasurementRequest } from "./measurement";
import { compareIds, schemeFacts } from "./schemes";

/** Measures off the page's thread, and tells each result as soon as it has it. */
const samples = new SampleMint();
/** Ids minted between two looks at the clock. */
const perLook = 500;
/** Ids that the experiment mints within one millisecond, and the time between two of these. */
const perBurst = 4;
const burstMs = 2000;

function tell(measurement: Measurement): void {
  self.postMessage(measurement);
}

self.onmessage = ({ data }: MessageEvent<MeasurementRequest>) => {
  if (data.type === "throughput") {
    for (const scheme of data.schemes) {
      tell({ type: "throughput", scheme, perSecond: measureThroughput(scheme, data.msEach) });
    }
  } else {
    for (const scheme of data.schemes) tell({ type: "index", scheme, report: tryIndex(scheme, data.count) });
  }
  tell({ type: "done" });
};

function measureThroughput(scheme: MeasuredScheme, durationMs: number): number {
  const mint = scheme === "randomUUID" ? () => crypto.randomUUID() : () => samples.mint(scheme);
  for (let warmed = 0; warmed < 5000; warmed++) mint();
  const begin = performance.now();
  let minted = 0;
  let tookMs = 0;
  do {
    for (let index = 0; index < perLook; index++) mint();
    minted += perLook;
    tookMs = performance.now() - begin;
  } while (tookMs < durationMs);
  return (minted / tookMs) * 1000;
}

/** As an index fills in a system at work: in bursts over hours, rather than all at once. */
function tryIndex(scheme: MintableScheme, count: number) {
  let minted = 0;
  const begin = Date.now();
  const mint = new SampleMint({ now: () => begin + Math.floor(minted / perBurst) * burstMs });
  const ids = Array.from({ length: count }, () => {
    minted++;
    return mint.mint(scheme);
  });
  const facts = schemeFacts.find((each) => each.scheme === scheme) ?? { order: "none" as const };
  return indexInOrder(ids, compareIds(facts));
}
