import { strings } from "../ui/strings";
import { Avatar } from "./Avatar";
import type { Participant } from "./list-participants";
import { NameField } from "./NameField";

interface ParticipantListProps {
  readonly participants: readonly Participant[];
  readonly onRename: (name: string) => void;
}

export function ParticipantList({ participants, onRename }: ParticipantListProps) {
  const self = participants.find((participant) => participant.self);
  return (
    <>
      <h2 className="pb-3 font-semibold text-sm">{strings.people.heading}</h2>
      {self && <NameField person={self} onRename={onRename} />}
      {participants.length > 1 && (
        <ul
          aria-label={strings.people.heading}
          className="mt-4 max-h-72 overflow-y-auto border-line border-t pt-3"
        >
          {participants
            .filter((participant) => !participant.self)
            .map((participant) => (
              <li key={participant.id} className="flex h-9 items-center gap-3 text-sm">
                <Avatar person={participant} />
                <span className="truncate">{participant.name}</span>
              </li>
            ))}
        </ul>
      )}
    </>
  );
}
