import { parseDocumentId, ulidToBytes } from "@scriptorium/ids";
import { DocumentActivity } from "../document-metrics/activity";
import { createMetrics, type Metrics } from "../observability/metrics";
import { Room, type RoomContext } from "../sync/room";
import { RoomContent } from "../sync/room-content";
import { HandLog } from "./hand-log";

export interface RoomUnderTest {
  readonly room: Room;
  readonly log: HandLog;
  readonly metrics: Metrics;
  readonly failures: unknown[];
}

/** An empty room whose log commits by hand. */
export function createRoom(revision = 0n, readOnlyBecause?: string): RoomUnderTest {
  const documentId = parseDocumentId("01HZY0000000000000000000AB");
  if (documentId === undefined) throw new Error("not a document's ID");
  const log = new HandLog();
  const metrics = createMetrics();
  const failures: unknown[] = [];
  const context: RoomContext = { log, metrics, onFailure: (_room, error) => failures.push(error) };
  const newest = { position: 0, revision };
  const options = {
    documentId,
    key: ulidToBytes(documentId),
    content: new RoomContent(undefined),
    newest,
    activity: new DocumentActivity(),
  };
  const room = new Room({ ...options, epoch: documentId, readOnlyBecause }, context);
  return { room, log, metrics, failures };
}
