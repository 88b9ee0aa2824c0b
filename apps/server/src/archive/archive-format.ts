import { crc32 } from "node:zlib";
import { parseSnowflake, parseUlid, ulidFromBytes, ulidToBytes } from "@scriptorium/ids";
import type { RecordInput } from "@scriptorium/log";
import { z } from "zod";
import { kindName, kindNumber, streamName, streamNumber } from "../storage/record-names";
import { Stream } from "../storage/stream";

/*
 * An archive is a text in UTF-8, compressed by gzip. Each line is a CRC-32 in eight hexadecimal digits, a space, and the JSON
 * that it is of; docs/archive-format.md says what there is.
 */

export const archiveFormat = "scriptorium-archive";
export const archiveVersion = 1;

const isUlid = (text: string) => parseUlid(text) === text;
const ulid = z.string().refine(isUlid, "not a ULID");
const count = z.int().min(0);
const totals = z.object({
  records: count,
  /** See `StreamDigest`. */
  digest: z.string().regex(/^[0-9a-f]{32}$/),
});

const header = z.object({
  type: z.literal("archive"),
  format: z.literal(archiveFormat),
  version: z.literal(archiveVersion),
  product: z.string(),
  createdAt: z.iso.datetime(),
});

const document = z.object({
  type: z.literal("document"),
  id: ulid,
  /** Null where the record that gives it one is missing. */
  title: z.string().nullable(),
  language: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  deletedAt: z.iso.datetime().nullable(),
  epoch: ulid,
  text: totals,
  catalogue: totals,
  other: totals,
});

const end = z.object({
  type: z.literal("end"),
  documents: count,
  records: count,
  /** Of all lines before this one, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type ArchiveHeader = z.infer<typeof header>;
export type ArchiveDocument = z.infer<typeof document>;
export type ArchiveEnd = z.infer<typeof end>;

/** What a line of an archive says. */
export type ArchiveEntry =
  | ArchiveHeader
  | ArchiveDocument
  | ArchiveEnd
  | { readonly type: "record"; readonly record: RecordInput };

/** A line that is not as the format has it. The message says what is wrong with it. */
export class ArchiveLineError extends Error {
  override readonly name = "ArchiveLineError";
  /** Whether a newer release may know more. */
  readonly isNewer: boolean;

  constructor(message: string, { isNewer = false, cause }: { isNewer?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.isNewer = isNewer;
  }
}

/** A line of the archive, with its end. */
export function encodeEntry(entry: ArchiveEntry): string {
  const json = JSON.stringify(entry.type === "record" ? recordToJson(entry.record) : entry);
  return `${checksum(Buffer.from(json))} ${json}\n`;
}

/**
 * What a line, without its end, says.
 *
 * @throws {ArchiveLineError}
 */
export function decodeEntry(line: Uint8Array): ArchiveEntry {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  const json = bytes.subarray(9);
  if (bytes.length < 11 || bytes.toString("latin1", 0, 9) !== `${checksum(json)} `) {
    throw new ArchiveLineError("its checksum is wrong");
  }
  const value = parse(json.toString("utf8"));
  switch (typeOf(value)) {
    case "record":
      return { type: "record", record: recordFromJson(value as Partial<JsonRecord>) };
    case "archive":
      assertKnown(value);
      return check(header, value);
    case "document":
      return check(document, value);
    case "end":
      return check(end, value);
    default:
      throw new ArchiveLineError("it is of an unknown type", { isNewer: true });
  }
}

interface JsonRecord {
  readonly document: string;
  readonly revision: string;
  readonly author: string;
  readonly stream: string;
  readonly kind: string;
  /** The payload, if it is JSON just as it is written here. */
  readonly data?: unknown;
  /** The payload in Base64, if it is not. */
  readonly payload?: string;
}

function recordToJson({ key, revision, author, stream, kind, payload }: RecordInput) {
  const data = stream === Stream.catalogue ? jsonOf(payload) : undefined;
  return {
    type: "record",
    document: ulidFromBytes(key),
    revision: String(revision),
    author: ulidFromBytes(author),
    stream: streamName(stream),
    kind: kindName(stream, kind),
    ...(data === undefined ? { payload: base64(payload) } : { data }),
  };
}

function recordFromJson(json: Partial<JsonRecord>): RecordInput {
  const { document: id, revision: decimal, author, stream: streamText, kind: kindText } = json;
  if (typeof id !== "string" || !isUlid(id)) throw new ArchiveLineError("its document is no ULID");
  if (typeof author !== "string" || !isUlid(author)) throw new ArchiveLineError("its author is no ULID");
  const revision = typeof decimal === "string" ? parseSnowflake(decimal) : undefined;
  if (revision === undefined) throw new ArchiveLineError("its revision is no Snowflake");
  const stream = typeof streamText === "string" ? streamNumber(streamText) : undefined;
  if (stream === undefined) throw new ArchiveLineError("its stream is unknown", { isNewer: true });
  const kind = typeof kindText === "string" ? kindNumber(stream, kindText) : undefined;
  if (kind === undefined) throw new ArchiveLineError("its kind is unknown", { isNewer: true });
  return {
    key: ulidToBytes(id as Parameters<typeof ulidToBytes>[0]),
    revision,
    author: ulidToBytes(author as Parameters<typeof ulidToBytes>[0]),
    stream,
    kind,
    payload: payloadFromJson(json),
  };
}

function payloadFromJson({ data, payload }: Partial<JsonRecord>): Uint8Array {
  if (data !== undefined) return Buffer.from(JSON.stringify(data));
  if (typeof payload !== "string") throw new ArchiveLineError("it has no payload");
  const bytes = Buffer.from(payload, "base64");
  if (bytes.toString("base64") !== payload) throw new ArchiveLineError("its payload is no Base64");
  return bytes;
}

/** The JSON that a payload is, if writing it again gives the same bytes. */
function jsonOf(payload: Uint8Array): unknown {
  try {
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return Buffer.from(JSON.stringify(value)).equals(bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, "0");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ArchiveLineError("it is not JSON", { cause });
  }
}

function typeOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, "type") : undefined;
}

function assertKnown(value: unknown): void {
  const known = z.object({ format: z.literal(archiveFormat), version: z.int() }).safeParse(value);
  if (!known.success) throw new ArchiveLineError("it is the header of something else");
  if (known.data.version > archiveVersion) {
    throw new ArchiveLineError(`the format is ${known.data.version}, newer than this release knows`, {
      isNewer: true,
    });
  }
}

function check<Entry>(schema: z.ZodType<Entry>, value: unknown): Entry {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ArchiveLineError(z.prettifyError(parsed.error).replaceAll("\n", " "));
}
