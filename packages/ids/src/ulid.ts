import type { ActorId, DocumentId, Ulid } from "./brand";
import { decodeCrockford, encodeCrockford } from "./crockford";
import { IdError } from "./id-error";

/** The newest time that a ULID can hold, in milliseconds since 1970: in the year 10889. */
export const ulidTimeMaxMs = 2 ** 48 - 1;

// 26 characters hold 130 bits: a first character above 7 would overflow the 128.
const spelling = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;

/**
 * The ULID that `text` spells, in canonical upper case, or undefined if it spells none.
 *
 * Case does not matter. Crockford's look-alikes (I, L, O) are refused as the ULID specification's alphabet does:
 * apart from case, an id has one spelling, so that caches, logs and searches find it.
 */
export function parseUlid(text: string): Ulid | undefined {
  return spelling.test(text) ? (text.toUpperCase() as Ulid) : undefined;
}

/** `parseUlid` where the text stands for a document. Says nothing of whether the document exists. */
export function parseDocumentId(text: string): DocumentId | undefined {
  return parseUlid(text) as DocumentId | undefined;
}

/** `parseUlid` where the text stands for an actor. */
export function parseActorId(text: string): ActorId | undefined {
  return parseUlid(text) as ActorId | undefined;
}

/** The 16 bytes, most significant first: they sort as the texts do. */
export function ulidToBytes(id: Ulid): Uint8Array<ArrayBuffer> {
  return decodeCrockford(id);
}

/**
 * Any 16 bytes are a ULID.
 *
 * @throws {IdError} BAD_BYTES: there are not 16.
 */
export function ulidFromBytes(bytes: Uint8Array): Ulid {
  if (bytes.length !== 16) {
    throw new IdError("BAD_BYTES", `a ULID is 16 bytes, not ${bytes.length}`);
  }
  return encodeCrockford(bytes) as Ulid;
}

/** When the id was minted, by its generator's clock: milliseconds since 1970-01-01Z. */
export function ulidTimeMs(id: Ulid): number {
  const bytes = ulidToBytes(id);
  return bytes.subarray(0, 6).reduce((ms, byte) => ms * 256 + byte, 0);
}
