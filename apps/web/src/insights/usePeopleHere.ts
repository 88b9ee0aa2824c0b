import { useEffect, useState } from "react";
import type { Awareness } from "y-protocols/awareness";
import { listParticipants, type Participant } from "../collaboration/list-participants";
import type { Person } from "../collaboration/person";
import { strings } from "../ui/strings";

/** Who is in the document now, by awareness. Only listens, unlike `useParticipants`, which tells of this person. */
export function usePeopleHere(awareness: Awareness, self: Person): readonly Participant[] {
  const [people, setPeople] = useState<readonly Participant[]>([]);
  useEffect(() => {
    const update = () =>
      setPeople((before) => {
        const now = listParticipants(awareness.getStates(), self, strings.people.anonymous);
        return JSON.stringify(now) === JSON.stringify(before) ? before : now;
      });
    update();
    awareness.on("change", update);
    return () => awareness.off("change", update);
  }, [awareness, self]);
  return people;
}
