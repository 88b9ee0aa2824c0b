import { useEffect, useState } from "react";
import { type ActivityStep, getActivity } from "../api/document-metrics";
import { ActivityFeed, type ActivityState } from "./activity-feed";

/** How often it is asked whether time has gone on, where nothing else happens. */
const idleMs = 60_000;

interface Liveness {
  readonly isLive: boolean;
  /** Changes with every edit. */
  readonly edits: number | undefined;
}

/** A document's activity, renewed as it is edited and as time goes by, for as long as the figures are live. */
export function useActivity(
  documentId: string,
  step: ActivityStep,
  { isLive, edits }: Liveness,
): ActivityState {
  const [feed, setFeed] = useState<ActivityFeed>();
  const [state, setState] = useState<ActivityState & { readonly of?: ActivityFeed }>(nothing);
  useEffect(() => {
    const made = new ActivityFeed({
      step,
      length: shownOf[step],
      ask: (fromMs, signal) => getActivity(documentId, { step, fromMs }, signal),
    });
    setFeed(made);
    const stop = made.state.subscribe(() => setState({ ...made.state.get(), of: made }));
    made.refresh();
    return () => {
      stop();
      made.destroy();
    };
  }, [documentId, step]);
  // What happened while nobody listened is unknown.
  useEffect(() => {
    if (!isLive || feed === undefined) return;
    feed.reload();
    const timer = setInterval(() => feed.refresh(), idleMs);
    return () => clearInterval(timer);
  }, [feed, isLive]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each edit is a reason
  useEffect(() => {
    if (isLive) feed?.refresh();
  }, [feed, isLive, edits]);
  return state.of === feed ? state : nothing;
}

/** How many bars there are: of an hour, a week, or a quarter of a year. */
const shownOf: Readonly<Record<ActivityStep, number>> = { minute: 60, hour: 7 * 24, day: 90 };

const nothing: ActivityState = { series: undefined, problem: undefined };
