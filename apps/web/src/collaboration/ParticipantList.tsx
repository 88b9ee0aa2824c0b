import type { Together } from "../together/useTogether";
import { strings } from "../ui/strings";
import type { Participant } from "./list-participants";
import { NameField } from "./NameField";

interface ParticipantListProps {
  readonly participants: readonly Participant[];
  readonly onRename: (name: string) => void;
  /** Undefined until it is loaded. */
  readonly together: Together | undefined;
}

export default function ParticipantList({ participants, onRename, together }: ParticipantListProps) {
  const self = participants.find((participant) => participant.self);
  return (
    <>
      <h2 className="pb-3 font-semibold text-sm">{strings.people.heading}</h2>
      {self && <NameField person={self} onRename={onRename} />}
      {participants.length > 1 && (
        <ul
          aria-label={strings.people.heading}
          className="-mx-1.5 mt-4 max-h-72 overflow-y-auto border-line border-t px-1 pt-3"
        >
          {participants
            .filter((participant) => !participant.self)
            .map((participant) => (
              <li key={participant.id} className="flex h-9 items-center gap-1 text-sm pointer-coarse:h-11">
                {together === undefined ? (
                  <span dir="auto" className="truncate">
                    {participant.name}
                  </span>
                ) : (
                  <together.PersonRow participant={participant} company={together.company} />
                )}
              </li>
            ))}
        </ul>
      )}
    </>
  );
}
