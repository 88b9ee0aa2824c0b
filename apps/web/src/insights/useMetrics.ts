import { useEffect, useState } from "react";
import { getDocumentMetrics, metricsStreamAddress } from "../api/document-metrics";
import { useObservable } from "../ui/useObservable";
import { MetricsFeed, type MetricsState } from "./metrics-feed";
import { usePageVisible } from "./usePageVisible";

/**
 * The figures of a document, live while the page is visible: a browser keeps few connections to one server, and a
 * hidden page needs none of them.
 *
 * @param documentId always the same
 * @param isReachable whether it makes sense to ask the server
 */
export function useMetrics(documentId: string, isReachable: boolean): MetricsState {
  const [feed] = useState(
    () =>
      new MetricsFeed({
        open: () => new EventSource(metricsStreamAddress(documentId)),
        ask: (signal) => getDocumentMetrics(documentId, signal),
        after: (delayMs, act) => {
          const timer = setTimeout(act, delayMs);
          return () => clearTimeout(timer);
        },
        random: Math.random,
      }),
  );
  const isWanted = usePageVisible() && isReachable;
  useEffect(() => {
    if (!isWanted) return;
    feed.start();
    return () => feed.stop();
  }, [feed, isWanted]);
  return useObservable(feed.state);
}
