import { snowflakeParts } from "@scriptorium/ids";
import type { RecordInput } from "@scriptorium/log";
import { decodeAuthorRecord, decodeUsageRecord } from "../../storage/catalogue-record";
import { CatalogueKind, Stream, TextKind } from "../../storage/stream";
import { readUpdateFacts } from "../../sync/update-facts";

/** Clocks of servers differ by less. */
const aheadMsMax = 24 * 60 * 60 * 1000;

/**
 * Why a server could not live with a record, besides what `DocumentFold` tells by folding it; undefined if it can.
 *
 * @param nowMs revisions of much later would make all that come after them as late
 */
export function faultOfRecord(record: RecordInput, nowMs: number): string | undefined {
  if (snowflakeParts(record.revision).timeMs > nowMs + aheadMsMax) {
    return "it is of the future: is the clock of this machine right?";
  }
  try {
    assertReadable(record);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function assertReadable({ stream, kind, payload }: RecordInput): void {
  if (stream === Stream.text && kind === TextKind.update) readUpdateFacts(payload);
  if (stream !== Stream.catalogue) return;
  if (kind === CatalogueKind.author) decodeAuthorRecord(payload);
  if (kind === CatalogueKind.usage) decodeUsageRecord(payload);
}
