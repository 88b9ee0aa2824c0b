import { SnowflakeGenerator, type Ulid, UlidGenerator } from "@scriptorium/ids";
import type { RecordInput } from "@scriptorium/log";
import { timeOf } from "../operations/revision-time";
import { encodeCatalogueRecord } from "../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream } from "../storage/stream";

/** An epoch that is nobody's yet. */
export function mintEpoch(): Ulid {
  return new UlidGenerator().next();
}

/**
 * The record that ends a log restored to an earlier moment. Its revision is minted now, and above `newest`, the highest
 * that the backup knows: so all that the server mints from here on is above what clients have seen of the time undone.
 *
 * @param revisionMax the moment
 */
export function restoredToRecord(epoch: Ulid, revisionMax: bigint, newest: bigint): RecordInput {
  return {
    revision: new SnowflakeGenerator({ node: 0, above: newest }).next(),
    key: instanceKey,
    stream: Stream.catalogue,
    kind: CatalogueKind.restoredTo,
    author: instanceKey,
    payload: encodeCatalogueRecord({ epoch, at: new Date(timeOf(revisionMax) ?? 0).toISOString() }),
  };
}
