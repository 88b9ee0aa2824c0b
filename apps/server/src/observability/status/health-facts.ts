import { statfsSync } from "node:fs";
import type { BackupState } from "../../backups/scheduled-backups";
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
  /** Undefined where the server does not back itself up. */
  readonly backups: { readonly state: BackupState } | undefined;
  readonly dataDirectory: string;
}

/** How the parts of the server are now. */
export function healthFacts({
  log,
  projections,
  search,
  eventLoop,
  backups,
  dataDirectory,
}: Observed): HealthFacts {
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
    backup: backups && backupFacts(backups.state),
  };
}

function backupFacts({ sinceMs, everyMs, failedBecause }: BackupState): HealthFacts["backup"] {
  return {
    isFailing: failedBecause !== undefined,
    ageSeconds: Math.max(0, (Date.now() - sinceMs) / 1000),
    everySeconds: everyMs / 1000,
  };
}
