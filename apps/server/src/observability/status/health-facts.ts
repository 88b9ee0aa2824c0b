import { statfsSync } from "node:fs";
import type { Projections } from "../../projections/projections";
import type { EmbeddedLog } from "../../storage/embedded-log";
import type { EventLoopMonitor } from "../event-loop-monitor";
import type { HealthFacts } from "./health";

interface Observed {
  readonly log: EmbeddedLog;
  readonly projections: Projections;
  readonly search: { readonly waitingSeconds: number };
  /** Undefined where nobody wants to know. */
  readonly eventLoop: EventLoopMonitor | undefined;
  readonly dataDirectory: string;
}

/** How the parts of the server are now. */
export function healthFacts({ log, projections, search, eventLoop, dataDirectory }: Observed): HealthFacts {
  const { bavail, blocks, bsize } = statfsSync(dataDirectory);
  return {
    log: log.statistics().state,
    projectionsStand: projections.failure !== undefined,
    projectionsLagSeconds: projections.lagSeconds,
    searchLagSeconds: search.waitingSeconds,
    damagedDocuments: projections.catalogue.damagedDocuments,
    diskFreeBytes: bavail * bsize,
    diskSizeBytes: blocks * bsize,
    eventLoopLagSeconds: eventLoop?.lagP99Seconds ?? 0,
  };
}
