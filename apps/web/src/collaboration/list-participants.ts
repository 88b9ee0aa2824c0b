import { type Activity, livelier, readActivity } from "./activity";
import { type Person, readPerson } from "./person";

export interface Participant extends Person {
  /** Whether this is the person at this device. */
  readonly self: boolean;
  readonly activity: Activity;
}

/**
 * Who is in the document, from the awareness states: oneself first, the others by name. Somebody with two tabs
 * open is one participant.
 */
export function listParticipants(
  states: ReadonlyMap<number, Readonly<Record<string, unknown>>>,
  self: Person,
  anonymous: string,
): readonly Participant[] {
  const others = new Map<string, Participant>();
  for (const [clientId, state] of states) {
    // A client that says nothing of itself, such as a script that only follows the text, is not a person here.
    if (state.user === undefined) continue;
    const person = readPerson(state.user, clientId, anonymous);
    if (person.id === self.id) continue;
    const told = readActivity(state.activity);
    const activity = livelier(told, others.get(person.id)?.activity ?? told);
    others.set(person.id, { ...person, self: false, activity });
  }
  const sorted = [...others.values()].sort(
    (a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
  );
  return [{ ...self, self: true, activity: "here" }, ...sorted];
}
