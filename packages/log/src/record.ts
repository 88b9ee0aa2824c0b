import { crc32 } from "node:zlib";
import { LogError } from "./errors";

/** What a caller appends. The log gives it a position. */
export interface RecordInput {
  /** 64 bits; the caller's clock. The log only remembers the highest. */
  revision: bigint;
  /** 16 bytes: what the record belongs to. */
  key: Uint8Array;
  /** 0–255: which of the key's streams. */
  stream: number;
  /** 0–255: what the payload is, in the caller's terms. */
  kind: number;
  /** 16 bytes: who caused it. */
  author: Uint8Array;
  payload: Uint8Array;
}

/** A record read back. Its bytes are copies and belong to the caller. */
export interface LogRecord extends RecordInput {
  /** The record's number in the log: from 1, ascending, not always dense. */
  position: number;
}

/*
 * Format 1, little-endian. Length, CRC and version stay where they are in every format to come.
 *
 *    0 u32 length     of the whole record: 64 + payload
 *    4 u32 crc32      of bytes [8, length), starting from length XOR the log's salt
 *    8 u8  version    1
 *    9 u8  stream
 *   10 u8  kind
 *   11 u8  flags      0
 *   12 u32 ordinal    position minus that of the first record of its commit
 *   16 u64 position
 *   24 u64 revision
 *   32 16B key
 *   48 16B author
 *   64     payload
 *
 * The salt, random per log, keeps payload bytes chosen by a user from ever passing for a record when
 * recovery searches damaged bytes for survivors.
 */
const recordVersion = 1;
export const recordHeaderBytes = 64;

const versionAt = 8;
const streamAt = 9;
const kindAt = 10;
const flagsAt = 11;
const ordinalAt = 12;
const positionAt = 16;
const revisionAt = 24;
const keyAt = 32;
const authorAt = 48;

const revisionMax = 0xffff_ffff_ffff_ffffn;
const twoTo32 = 0x1_0000_0000;

/** Bytes together with a view of the same memory, so that walking records allocates nothing. */
export interface RecordBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Allocates zeroed memory for records. */
export function allocateRecordBytes(size: number): RecordBytes {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** @throws {LogError} INVALID_RECORD */
export function assertRecord(record: RecordInput): void {
  if (record.key.byteLength !== 16) throw invalid("key must be 16 bytes");
  if (record.author.byteLength !== 16) throw invalid("author must be 16 bytes");
  if (!isByte(record.stream)) throw invalid("stream must be an integer from 0 to 255");
  if (!isByte(record.kind)) throw invalid("kind must be an integer from 0 to 255");
  if (record.revision < 0n || record.revision > revisionMax) throw invalid("revision must fit in 64 bits");
}

function isByte(value: number): boolean {
  return (value & 0xff) === value;
}

function invalid(message: string): LogError {
  return new LogError("INVALID_RECORD", message);
}

export interface RecordPlace {
  position: number;
  /** Position of the first record of the same commit. */
  commitFirst: number;
  salt: number;
}

/**
 * Writes `record` at `at`; the target must have room for 64 bytes and the payload.
 *
 * @returns the offset just behind the record
 */
export function encodeRecord(
  target: RecordBytes,
  at: number,
  record: RecordInput,
  place: RecordPlace,
): number {
  const { bytes, view } = target;
  const length = recordHeaderBytes + record.payload.byteLength;
  const end = at + length;
  view.setUint32(at, length, true);
  bytes[at + versionAt] = recordVersion;
  bytes[at + streamAt] = record.stream;
  bytes[at + kindAt] = record.kind;
  bytes[at + flagsAt] = 0;
  view.setUint32(at + ordinalAt, place.position - place.commitFirst, true);
  writeUint64(view, at + positionAt, place.position);
  view.setBigUint64(at + revisionAt, record.revision, true);
  bytes.set(record.key, at + keyAt);
  bytes.set(record.author, at + authorAt);
  bytes.set(record.payload, at + recordHeaderBytes);
  view.setUint32(at + 4, checksum(bytes, at, length, place.salt), true);
  return end;
}

function checksum(bytes: Uint8Array, at: number, length: number, salt: number): number {
  return crc32(bytes.subarray(at + versionAt, at + length), (length ^ salt) >>> 0);
}

/** What `checkRecord` says when there is no good record: more bytes are needed to tell … */
export const recordIncomplete = 0;
/** … these bytes are no record … */
export const recordBad = -1;
/** … or they are intact, but of a format this release does not know. */
export const recordUnsupported = -2;

/**
 * Judges the bytes at `at`, of which those before `end` are there.
 *
 * @returns the record's length if it is whole and its checksum right, otherwise one of the three above
 */
export function checkRecord(source: RecordBytes, at: number, end: number, salt: number): number {
  if (end - at < recordHeaderBytes) return recordIncomplete;
  const length = source.view.getUint32(at, true);
  if (length < recordHeaderBytes) return recordBad;
  if (length > end - at) return recordIncomplete;
  if (checksum(source.bytes, at, length, salt) !== source.view.getUint32(at + 4, true)) return recordBad;
  return source.bytes[at + versionAt] === recordVersion ? length : recordUnsupported;
}

/** Cheap look at a header, checksum aside: could a format 1 record start at `at` and fit before `end`? */
export function looksLikeRecord(source: RecordBytes, at: number, end: number): boolean {
  if (source.bytes[at + versionAt] !== recordVersion || source.bytes[at + flagsAt] !== 0) return false;
  const length = source.view.getUint32(at, true);
  return length >= recordHeaderBytes && length <= end - at;
}

export function recordLength({ view }: RecordBytes, at: number): number {
  return view.getUint32(at, true);
}

export function recordPosition({ view }: RecordBytes, at: number): number {
  return readUint64(view, at + positionAt);
}

export function recordRevision({ view }: RecordBytes, at: number): bigint {
  return view.getBigUint64(at + revisionAt, true);
}

export function recordStream({ bytes }: RecordBytes, at: number): number {
  return bytes[at + streamAt] ?? 0;
}

/** Position of the first record of the commit that the record at `at` was part of. */
export function recordCommitFirst(source: RecordBytes, at: number): number {
  return recordPosition(source, at) - source.view.getUint32(at + ordinalAt, true);
}

/** The key as a string of 16 characters, one per byte: for maps, not for eyes. */
export function recordKeyText(source: RecordBytes, at: number): string {
  return keyText(source.bytes, at + keyAt);
}

export function keyText(bytes: Uint8Array, at = 0): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, 16).toString("latin1");
}

/** Copies the record at `at` out; call `checkRecord` first. */
export function decodeRecord(source: RecordBytes, at: number): LogRecord {
  const own = source.bytes.slice(at + keyAt, at + recordLength(source, at));
  return recordWith(source, at, own, 0);
}

/**
 * The record at `at`, whose bytes stay where they are: cheaper for many that are read and left. Call `checkRecord`
 * first.
 */
export function decodeRecordInPlace(source: RecordBytes, at: number): LogRecord {
  return recordWith(source, at, source.bytes, at + keyAt);
}

/** @param from where the record's key begins in `memory` */
function recordWith(source: RecordBytes, at: number, memory: Uint8Array, from: number): LogRecord {
  const author = from + authorAt - keyAt;
  const payload = from + recordHeaderBytes - keyAt;
  return {
    position: recordPosition(source, at),
    revision: recordRevision(source, at),
    stream: recordStream(source, at),
    kind: source.bytes[at + kindAt] ?? 0,
    key: memory.subarray(from, author),
    author: memory.subarray(author, payload),
    payload: memory.subarray(payload, from + recordLength(source, at) - keyAt),
  };
}

/** Numbers above 2^53 come out inexact; no position that passed `writeUint64` is. */
export function readUint64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * twoTo32 + view.getUint32(at, true);
}

/** `value` must be a safe integer. */
export function writeUint64(view: DataView, at: number, value: number): void {
  view.setUint32(at, value >>> 0, true);
  view.setUint32(at + 4, Math.floor(value / twoTo32), true);
}
