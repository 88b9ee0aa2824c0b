import type { Person } from "../collaboration/person";

/** Somebody else's caret and selection. Positions count UTF-16 code units of the document. */
export interface Peer {
  readonly clientId: number;
  readonly person: Person;
  readonly anchor: number;
  readonly head: number;
  /** Grows with every movement of the caret that its owner made; the name shows anew each time. */
  readonly moves: number;
}
