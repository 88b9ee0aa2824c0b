import {
  type AwarenessEntry,
  encodeAwareness,
  ProtocolError,
  readAwarenessUpdate,
  writeAwarenessUpdate,
} from "@scriptorium/protocol";
import { isSamePerson, type Person, personIn } from "./person";

/** Largest state of one client, in characters of JSON. */
const stateLengthMax = 16 * 1024;
/** Clients that one connection may speak for. */
const clientsPerOwnerMax = 16;

/** Clients of whose leaving a room keeps account: far more than echo at any time. */
const leftMax = 1024;

interface Presence<Owner> {
  clock: number;
  state: string;
  readonly person: Person | undefined;
  readonly owner: Owner;
}

/** A state of a client, and who that is. */
interface News extends AwarenessEntry {
  readonly person: Person | undefined;
}

/**
 * Who is in a room and where: cursors and names, never stored. A connection speaks only for clients that it
 * introduced. Changes gather until {@link takeChanges}.
 */
export class RoomAwareness<Owner> {
  readonly #present = new Map<number, Presence<Owner>>();
  /** Clocks at which clients left: what echoes of their older states must exceed. */
  readonly #left = new Map<number, number>();
  readonly #changed = new Set<number>();
  readonly #onPerson: (owner: Owner, person: Person) => void;

  /** @param onPerson is told who is at a connection, whenever its client says something new of it */
  constructor(onPerson: (owner: Owner, person: Person) => void = () => {}) {
    this.#onPerson = onPerson;
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /**
   * Takes an awareness update from a connection. What is old, or belongs to another connection, is dropped: stock
   * clients echo every state that they receive.
   *
   * @throws {ProtocolError} MALFORMED or TOO_LARGE: nothing of it was taken.
   */
  receive(owner: Owner, update: Uint8Array): void {
    const news = readAwarenessUpdate(update, (client, clock, left) =>
      this.#isNews(owner, client, clock, left),
    );
    if (news.length === 0) return;
    let owned = 0;
    for (const presence of this.#present.values()) if (presence.owner === owner) owned++;
    const accepted: News[] = [];
    for (const entry of news) {
      const { client, state } = entry;
      if (state.length > stateLengthMax) throw new ProtocolError("TOO_LARGE", "awareness state too large");
      const person = personIn(parse(state));
      if (!this.#present.has(client) && ++owned > clientsPerOwnerMax) {
        throw new ProtocolError("MALFORMED", "too many awareness clients on one connection");
      }
      accepted.push({ ...entry, person });
    }
    for (const entry of accepted) this.#apply(owner, entry);
  }

  /** The connection ended: its clients leave. */
  remove(owner: Owner): void {
    for (const [client, presence] of this.#present) {
      if (presence.owner === owner) this.#leave(client, presence.clock);
    }
  }

  /** A message with the states of everybody present and, with `departures`, of those who left; undefined if empty. */
  encodeAll(departures = false): Uint8Array | undefined {
    const entries = [...this.#present].map(toEntry);
    if (departures) {
      for (const [client, clock] of this.#left) entries.push({ client, clock, state: "null" });
    }
    return entries.length === 0 ? undefined : encodeAwareness(writeAwarenessUpdate(entries));
  }

  /** One message with all that changed since the last call; undefined if nothing did. */
  takeChanges(): Uint8Array | undefined {
    if (this.#changed.size === 0) return undefined;
    const entries = [...this.#changed].map((client): AwarenessEntry => {
      const presence = this.#present.get(client);
      if (presence !== undefined) return toEntry([client, presence]);
      return { client, clock: this.#left.get(client) ?? 0, state: "null" };
    });
    this.#changed.clear();
    for (const client of this.#left.keys()) {
      if (this.#left.size <= leftMax) break;
      this.#left.delete(client);
    }
    return encodeAwareness(writeAwarenessUpdate(entries));
  }

  #isNews(owner: Owner, client: number, clock: number, left: boolean): boolean {
    const presence = this.#present.get(client);
    if (presence === undefined) return !left && clock > (this.#left.get(client) ?? -1);
    return presence.owner === owner && (clock > presence.clock || (clock === presence.clock && left));
  }

  #apply(owner: Owner, { client, clock, state, person }: News): void {
    if (state === "null") {
      this.#leave(client, clock);
      return;
    }
    this.#left.delete(client);
    const before = this.#present.get(client)?.person;
    this.#present.set(client, { clock, state, person, owner });
    this.#changed.add(client);
    if (person !== undefined && !isSamePerson(person, before)) this.#onPerson(owner, person);
  }

  #leave(client: number, clock: number): void {
    this.#present.delete(client);
    // Behind the others: those that left first are forgotten first.
    this.#left.delete(client);
    this.#left.set(client, clock);
    this.#changed.add(client);
  }
}

function toEntry<Owner>([client, { clock, state }]: [number, Presence<Owner>]): AwarenessEntry {
  return { client, clock, state };
}

/** @throws {ProtocolError} MALFORMED */
function parse(state: string): unknown {
  try {
    return JSON.parse(state);
  } catch {
    throw new ProtocolError("MALFORMED", "awareness state is not JSON");
  }
}
