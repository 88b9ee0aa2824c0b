import type { Activity } from "./activity/activity";
import { activityWindows } from "./activity/busiest-documents";
import type { Metrics } from "./metrics";

/**
 * Metrics of who edits and what is edited most. A document is named by its ID, which nobody chooses, and of all documents
 * no more than `documentsMax` of each span of time.
 */
export function observeActivity(
  { instruments }: Pick<Metrics, "instruments">,
  {
    activity,
    documentsMax,
    refresh,
    connectionsOf,
  }: {
    readonly activity: Activity;
    readonly documentsMax: number;
    /** Has those who know tell the activity what has happened. */
    readonly refresh: () => void;
    /** How many connections edit a document now. */
    readonly connectionsOf: (documentId: string) => number;
  },
): void {
  instruments.observeEach(
    "users",
    "gauge",
    "scriptorium_distinct_editors",
    "Different people who have edited something, today and this month in UTC: an estimate, 0.8 % off as a rule",
    ["period"],
    () => {
      refresh();
      return Object.entries(activity.distinctEditors).map(([period, count]) => [{ period }, count] as const);
    },
  );
  instruments.observeEach(
    "documents",
    "gauge",
    "scriptorium_document_edits",
    "Edits of the documents that were edited most, lately",
    ["document", "window"],
    () => {
      refresh();
      return activityWindows.flatMap((window) =>
        activity
          .busiest(window, documentsMax)
          .map(({ key: document, count }) => [{ document, window }, count] as const),
      );
    },
  );
  instruments.observeEach(
    "documents",
    "gauge",
    "scriptorium_document_connections",
    "Connections to the documents that were edited most in the last hour",
    ["document"],
    () =>
      activity
        .busiest("1h", documentsMax)
        .map(({ key: document }) => [{ document }, connectionsOf(document)] as const),
  );
}
