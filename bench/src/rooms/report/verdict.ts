import type { Bar, Figures, Yardstick } from "../scenarios/scenario";
import type { ServerName } from "../servers/server-kind";

export type Results = Readonly<Partial<Record<ServerName, Figures>>>;

/** How ours stands to one bar. */
export interface Verdict {
  readonly figure: string;
  /** What was asked: "≤ 1.15 × bare ws". */
  readonly bar: string;
  /** What ours reaches: a ratio, or the figure itself. */
  readonly reached: number;
  readonly isMet: boolean;
}

const peers: readonly ServerName[] = ["ywss", "hocuspocus"];
const titles: Readonly<Record<Yardstick, string>> = {
  "better peer": "the better peer",
  ours: "ours",
  ywss: "y-ws-server",
  hocuspocus: "Hocuspocus",
  ws: "bare ws",
};

/** Undefined if something that the bar compares was not measured. */
export function judge(bar: Bar, results: Results): Verdict | undefined {
  const value = results.ours?.[bar.figure];
  if (value === undefined) return undefined;
  const { figure } = bar;
  if ("atMost" in bar) {
    return { figure, bar: `≤ ${bar.atMost}`, reached: value, isMet: value <= bar.atMost };
  }
  if ("atMostFigure" in bar) {
    const limit = results.ours?.[bar.atMostFigure];
    if (limit === undefined) return undefined;
    return { figure, bar: `≤ ${limit.toFixed(2)}`, reached: value, isMet: value <= limit };
  }
  const isFloor = "atLeastTimes" in bar;
  const other = yardstick(bar.of, figure, results, isFloor);
  if (other === undefined) return undefined;
  const reached = value / other;
  const times = isFloor ? bar.atLeastTimes : bar.atMostTimes;
  return {
    figure,
    bar: `${isFloor ? "≥" : "≤"} ${times} × ${titles[bar.of]}`,
    reached,
    isMet: isFloor ? reached >= times : reached <= times,
  };
}

/** The better peer is the one whose figure is larger where ours shall be larger, and smaller where smaller. */
function yardstick(of: Yardstick, figure: string, results: Results, isFloor: boolean): number | undefined {
  if (of !== "better peer") return results[of]?.[figure];
  const values = peers.flatMap((peer) => results[peer]?.[figure] ?? []);
  if (values.length === 0) return undefined;
  return isFloor ? Math.max(...values) : Math.min(...values);
}
