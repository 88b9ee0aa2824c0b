import type { MintableScheme } from "@scriptorium/ids";
import type { IndexReport } from "./index-pages";

/** What the worker can measure, one scheme after the other. */
export type MeasurementRequest =
  | { readonly type: "throughput"; readonly schemes: readonly MeasuredScheme[]; readonly msEach: number }
  | { readonly type: "index"; readonly schemes: readonly MintableScheme[]; readonly count: number };

/** `randomUUID` is the browser's own, for comparison. */
export type MeasuredScheme = MintableScheme | "randomUUID";

export type Measurement =
  | { readonly type: "throughput"; readonly scheme: MeasuredScheme; readonly perSecond: number }
  | { readonly type: "index"; readonly scheme: MintableScheme; readonly report: IndexReport }
  | { readonly type: "done" };
