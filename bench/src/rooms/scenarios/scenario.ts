import type { ServerName } from "../servers/server-kind";
import type { Subject } from "../servers/subject";

/** How long and how much to measure. */
export interface Extent {
  /** `--quick`: everything shorter and smaller, for a first impression. */
  readonly quick: boolean;
}

/** What was measured of one server, by figure. A figure that makes no sense for it is missing. */
export type Figures = Readonly<Record<string, number>>;

export interface FigureSpec {
  readonly key: string;
  readonly title: string;
  readonly decimals: number;
}

/** The figures of one server, or its rival's. */
export type Yardstick =
  /** The better of the two peers that edit documents. */
  "better peer" | ServerName;

/** What ours shall reach. */
export type Bar =
  | { readonly figure: string; readonly atMostTimes: number; readonly of: Yardstick }
  | { readonly figure: string; readonly atLeastTimes: number; readonly of: Yardstick }
  | { readonly figure: string; readonly atMost: number }
  /** The limit is a figure of ours, too. */
  | { readonly figure: string; readonly atMostFigure: string };

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** The servers for which it makes sense. */
  readonly servers: readonly ServerName[];
  /** If it repeats by itself, or takes long: how many rounds are enough. */
  readonly roundsMax?: number;
  readonly figures: readonly FigureSpec[];
  readonly bars: readonly Bar[];
  /**
   * Makes a server ready that has just been started. The servers are made ready one behind the other; then each round
   * measures each of them once.
   */
  begin(subject: Subject, extent: Extent): Promise<Round>;
}

/**
 * Measures once. Documents of earlier rounds are still there. Is told when the last of the servers was ready (of
 * `performance.now`): until then they took time from each other.
 */
export type Round = (allReadyAtMs: number) => Promise<Figures>;
