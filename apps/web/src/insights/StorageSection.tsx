import type { DocumentMetrics } from "../api/document-metrics";
import { relativeTime } from "../documents/relative-time";
import { useNow } from "../documents/useNow";
import { Figure, Figures } from "./Figures";
import { formatBytes, formatCount, formatQuantity } from "./format";
import { Section } from "./Section";
import { words } from "./words";

/** What the document takes up on the server, and where. */
export function StorageSection({ storage }: Pick<DocumentMetrics, "storage">) {
  const nowMs = useNow();
  const { heading, help, times, records, checkpointOf, ...names } = words.storage;
  const { logBytes, logRecords, stateBytes, compression, checkpoint, uncheckpointedUpdates } = storage;
  const checkpointDetail =
    checkpoint === null || checkpoint.at === null
      ? undefined
      : checkpointOf(relativeTime(Date.parse(checkpoint.at), nowMs), checkpoint.position);
  return (
    <Section heading={heading} help={help}>
      <Figures columns={2}>
        <Figure name={names.log} value={formatBytes(logBytes)} detail={records(logRecords)} />
        <Figure
          name={names.state}
          value={stateBytes === null ? undefined : formatBytes(stateBytes)}
          // Of few edits it is the larger one.
          detail={compression === null || compression < 1 ? undefined : times(formatQuantity(compression))}
        />
        <Figure
          name={names.checkpoint}
          value={checkpoint === null ? names.noCheckpoint : formatBytes(checkpoint.bytes)}
          detail={checkpointDetail}
        />
        <Figure name={names.since} value={formatCount(uncheckpointedUpdates)} />
      </Figures>
    </Section>
  );
}
