import type { Activity } from "../activity/activity";
import { type ActivityWindow, activityWindows } from "../activity/busiest-documents";
import type { FigureGroup, FigureHistory } from "./figure-history";
import { everySeconds } from "./figures";
import { type Check, checkHealth, type HealthFacts } from "./health";

export interface StatusSources {
  readonly version: string;
  readonly durability: string;
  /** The Snowflake node of the revisions that are minted here. */
  readonly node: number;
  readonly history: FigureHistory;
  /** Undefined where nobody wants to know. */
  readonly activity: Pick<Activity, "busiest" | "relativeError"> | undefined;
  readonly health: () => HealthFacts;
  /** Undefined for a document that is not there. */
  readonly titleOf: (documentId: string) => string | undefined;
  /** How many connections edit a document now. */
  readonly connectionsOf: (documentId: string) => number;
}

export interface BusyDocument {
  readonly id: string;
  readonly title: string;
  readonly edits: number;
  /** By how much `edits` may be too high. */
  readonly over: number;
  readonly connections: number;
}

/** All that the operator's page shows. */
export interface StatusReport {
  readonly version: string;
  readonly nodeVersion: string;
  readonly durability: string;
  readonly node: number;
  readonly startedAt: string;
  readonly now: string;
  readonly health: readonly Check[];
  /** Seconds between two figures of a history. */
  readonly everySeconds: number;
  readonly groups: readonly FigureGroup[];
  /** The standard deviation of how many editors there were, as a share; null where they are not counted. */
  readonly editorsError: number | null;
  /** Null where they are not counted. */
  readonly busiest: Readonly<Record<ActivityWindow, readonly BusyDocument[]>> | null;
}

const busiestMax = 10;

export function reportStatus(sources: StatusSources): StatusReport {
  const { version, durability, node, history, activity } = sources;
  return {
    version,
    nodeVersion: process.versions.node,
    durability,
    node,
    startedAt: new Date(performance.timeOrigin).toISOString(),
    now: new Date().toISOString(),
    health: checkHealth(sources.health()),
    everySeconds,
    groups: history.groups(),
    editorsError: activity?.relativeError ?? null,
    busiest: activity === undefined ? null : busiestOf(activity, sources),
  };
}

function busiestOf(
  activity: Pick<Activity, "busiest">,
  { titleOf, connectionsOf }: StatusSources,
): Readonly<Record<ActivityWindow, readonly BusyDocument[]>> {
  const of = (window: ActivityWindow) =>
    activity.busiest(window, busiestMax).flatMap(({ key: id, count: edits, over }) => {
      const title = titleOf(id);
      return title === undefined ? [] : [{ id, title, edits, over, connections: connectionsOf(id) }];
    });
  const [minutes, hour, day] = activityWindows;
  return { [minutes]: of(minutes), [hour]: of(hour), [day]: of(day) } as Record<
    ActivityWindow,
    BusyDocument[]
  >;
}
