import type { Awareness } from "y-protocols/awareness";
import type { Together } from "../together/useTogether";
import { Participants } from "./Participants";
import type { Person } from "./person";
import { useParticipants } from "./useParticipants";

interface PeopleHereProps {
  readonly awareness: Awareness;
  readonly self: Person;
  readonly onRename: (name: string) => void;
  /** Undefined until it is loaded. */
  readonly together: Together | undefined;
}

/** Who is in the document. What they do changes often, and is nobody else's business on the page. */
export function PeopleHere({ awareness, self, ...props }: PeopleHereProps) {
  const participants = useParticipants(awareness, self);
  return <Participants participants={participants} {...props} />;
}
