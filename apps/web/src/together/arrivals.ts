import type { ScriptoriumProvider } from "@scriptorium/provider";
import { readPerson } from "../collaboration/person";
import { strings } from "../ui/strings";
import { Roster } from "./roster";

interface ArrivalHandlers {
  readonly onJoin: (name: string) => void;
  readonly onLeave: (person: { readonly id: string; readonly name: string }) => void;
}

/** Tells of people who come and go. */
export class Arrivals {
  readonly #provider: ScriptoriumProvider;
  readonly #selfId: string;
  readonly #handlers: ArrivalHandlers;
  readonly #roster = new Roster();
  readonly #undo: () => void;
  #wasConnected = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(provider: ScriptoriumProvider, selfId: string, handlers: ArrivalHandlers) {
    this.#provider = provider;
    this.#selfId = selfId;
    this.#handlers = handlers;
    provider.awareness.on("change", this.#onAwareness);
    this.#undo = provider.onStatusChange(() => {
      if (provider.synced !== this.#wasConnected) this.#look();
    });
    this.#look();
  }

  destroy(): void {
    this.#provider.awareness.off("change", this.#onAwareness);
    this.#undo();
    clearTimeout(this.#timer);
  }

  /** Of those who are there already, every key is a change. */
  readonly #onAwareness = ({
    added,
    updated,
    removed,
  }: Record<"added" | "updated" | "removed", number[]>) => {
    if (added.length > 0 || removed.length > 0 || updated.some((client) => !this.#clients.has(client))) {
      this.#look();
    }
  };

  /** Those that have said who they are. */
  readonly #clients = new Set<number>();

  #look(): void {
    this.#wasConnected = this.#provider.synced;
    const now = performance.now();
    const { joined, left, lookAgainAtMs } = this.#roster.observe(this.#present(), this.#wasConnected, now);
    for (const name of joined) this.#handlers.onJoin(name);
    for (const person of left) this.#handlers.onLeave(person);
    clearTimeout(this.#timer);
    if (lookAgainAtMs !== undefined) this.#timer = setTimeout(() => this.#look(), lookAgainAtMs - now);
  }

  #present(): ReadonlyMap<string, string> {
    const present = new Map<string, string>();
    this.#clients.clear();
    for (const [client, { user }] of this.#provider.awareness.getStates()) {
      if (user === undefined) continue;
      this.#clients.add(client);
      const { id, name } = readPerson(user, client, strings.people.anonymous);
      if (id !== this.#selfId) present.set(id, name);
    }
    return present;
  }
}
