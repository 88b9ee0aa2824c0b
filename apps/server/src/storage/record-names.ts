import { CatalogueKind, Stream, TextKind } from "./stream";

const streams = namesOf(Stream);
const kinds: Readonly<Record<number, ReadonlyMap<number, string>>> = {
  [Stream.text]: namesOf(TextKind),
  [Stream.catalogue]: namesOf(CatalogueKind),
};

/** A stream by name; the number, as text, of one that this release does not know. */
export function streamName(stream: number): string {
  return streams.get(stream) ?? String(stream);
}

/** Likewise a kind of record in a stream. */
export function kindName(stream: number, kind: number): string {
  return kinds[stream]?.get(kind) ?? String(kind);
}

/** What {@link streamName} names so; undefined if nothing is. */
export function streamNumber(name: string): number | undefined {
  return numberOf(streams, name);
}

/** What {@link kindName} names so in a stream; undefined if nothing is. */
export function kindNumber(stream: number, name: string): number | undefined {
  return numberOf(kinds[stream] ?? new Map(), name);
}

function numberOf(names: ReadonlyMap<number, string>, name: string): number | undefined {
  for (const [number, known] of names) if (known === name) return number;
  return /^(?:0|[1-9]\d{0,2})$/.test(name) && Number(name) <= 255 ? Number(name) : undefined;
}

function namesOf(numbers: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(numbers).map(([name, number]) => [number, name]));
}
