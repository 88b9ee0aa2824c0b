import { useEffect, useState } from "react";
import type { Awareness } from "y-protocols/awareness";
import { strings } from "../ui/strings";
import { listParticipants, type Participant } from "./list-participants";
import { describePerson, type Person } from "./person";

/** Who is in the document; and tells the others who `self` is. */
export function useParticipants(awareness: Awareness, self: Person): readonly Participant[] {
  const [participants, setParticipants] = useState<readonly Participant[]>(() =>
    listParticipants(new Map(), self, ""),
  );
  useEffect(() => {
    const update = () =>
      setParticipants((before) => {
        const now = listParticipants(awareness.getStates(), self, strings.people.anonymous);
        return JSON.stringify(now) === JSON.stringify(before) ? before : now;
      });
    awareness.setLocalStateField("user", describePerson(self));
    update();
    awareness.on("change", update);
    return () => awareness.off("change", update);
  }, [awareness, self]);
  return participants;
}
