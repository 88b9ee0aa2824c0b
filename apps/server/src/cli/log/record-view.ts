import { ulidFromBytes } from "@scriptorium/ids";
import type { LogRecord } from "@scriptorium/log";
import { timeOf } from "../../operations/revision-time";
import { kindName, streamName } from "../../storage/record-names";
import { Stream } from "../../storage/stream";

/** A record of the log in words. */
export interface RecordView {
  readonly position: number;
  readonly revision: bigint;
  /** Milliseconds since 1970; absent if the revision is no Snowflake. */
  readonly timeMs: number | undefined;
  readonly document: string;
  /** By name; the number of one that this release does not know. */
  readonly stream: string;
  readonly kind: string;
  readonly author: string;
  /** Of the payload. */
  readonly bytes: number;
}

export function viewRecord({
  position,
  revision,
  stream,
  kind,
  key,
  author,
  payload,
}: LogRecord): RecordView {
  return {
    position,
    revision,
    timeMs: timeOf(revision),
    document: ulidFromBytes(key),
    stream: streamName(stream),
    kind: kindName(stream, kind),
    author: ulidFromBytes(author),
    bytes: payload.byteLength,
  };
}

/** The JSON that a catalogue record holds; undefined for records of other streams, and for what is no JSON. */
export function catalogueText({ stream, payload }: LogRecord): unknown {
  if (stream !== Stream.catalogue) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
