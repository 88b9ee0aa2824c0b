import type { Editor } from "../document-metrics/activity";
import { isSamePerson, type Person } from "./person";

/** Least time between two records that say who a connection is, in milliseconds. */
const pauseMs = 60_000;

/**
 * Who writes on a connection. The log is told once something was written, and again when that changes, but not more
 * often than once a minute.
 */
export class Signature implements Editor {
  #current: Person | undefined;
  #said: Person | undefined;
  #saidMs = Number.NEGATIVE_INFINITY;
  /** Whether there is something to say. A field, since each edit asks. */
  #isNew = false;

  /** The client says who is there. */
  identify(person: Person): void {
    this.#current = person;
    this.#isNew = !isSamePerson(person, this.#said);
  }

  get person(): string | undefined {
    return this.#current?.id;
  }

  /** Whom to tell the log of now; undefined if there is nothing new, or it was told something a moment ago. */
  due(nowMs: number): Person | undefined {
    return this.#isNew && nowMs - this.#saidMs >= pauseMs ? this.#current : undefined;
  }

  /** The log was told. */
  said(person: Person, nowMs: number): void {
    this.#said = person;
    this.#saidMs = nowMs;
    this.#isNew = !isSamePerson(this.#current, person);
  }
}
