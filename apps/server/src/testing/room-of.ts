import { parseDocumentId, ulidToBytes } from "@scriptorium/ids";
import { createMetrics, type Metrics } from "../observability/metrics";
import { Room } from "../sync/room";
import { RoomContent } from "../sync/room-content";
import { HandLog } from "./hand-log";

export interface RoomUnderTest {
  readonly room: Room;
  readonly log: HandLog;
  readonly metrics: Metrics;
  readonly failures: unknown[];
}

/** An empty room whose log commits by hand. */
export function createRoom(revision = 0n): RoomUnderTest {
  const documentId = parseDocumentId("01HZY0000000000000000000AB");
  if (documentId === undefined) throw new Error("not a document's ID");
  const log = new HandLog();
  const metrics = createMetrics();
  const failures: unknown[] = [];
  const room = new Room({
    documentId,
    key: ulidToBytes(documentId),
    log,
    content: new RoomContent(undefined),
    revision,
    metrics,
    onFailure: (error) => failures.push(error),
  });
  return { room, log, metrics, failures };
}
