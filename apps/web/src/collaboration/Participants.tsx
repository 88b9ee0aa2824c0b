import { lazy } from "react";
import type { Together } from "../together/useTogether";
import { PopoverButton } from "../ui/PopoverButton";
import { strings } from "../ui/strings";
import { Avatar } from "./Avatar";
import type { Participant } from "./list-participants";

/** Together with the panel, which opens when both are there: the focus goes to the name in it. */
const ParticipantList = lazy(() => import("./ParticipantList"));

const shownMax = 4;

interface ParticipantsProps {
  readonly participants: readonly Participant[];
  readonly onRename: (name: string) => void;
  /** Undefined until it is loaded. */
  readonly together: Together | undefined;
}

/** The avatars of those who are here. Opens the list of names, where one's own can be changed. */
export function Participants({ participants, onRename, together }: ParticipantsProps) {
  const shown = participants.length <= shownMax ? participants : participants.slice(0, shownMax - 1);
  const hidden = participants.length - shown.length;
  return (
    <PopoverButton
      label={strings.people.heading}
      align="end"
      panelClassName="w-72 p-4"
      className="flex h-9 min-w-9 items-center justify-end rounded-control px-1.5 hover:bg-hover data-[state=open]:bg-hover pointer-coarse:h-11 pointer-coarse:min-w-11"
      face={
        <>
          <span className="sr-only">{strings.people.button(participants.length)}</span>
          {shown.map((person, index) => (
            <Avatar
              key={person.id}
              person={person}
              activity={person.activity}
              className={`-ml-1 ring-2 ring-paper first:ml-0 ${index > 1 ? "max-sm:hidden" : ""}`}
            />
          ))}
          {hidden > 0 && (
            <span
              aria-hidden
              className="-ml-1 hidden h-7 min-w-7 place-items-center rounded-full bg-sunken px-1.5 font-semibold text-ink-soft text-xs ring-2 ring-paper sm:grid"
            >
              {strings.people.overflow(hidden)}
            </span>
          )}
          {participants.length > 2 && (
            <span
              aria-hidden
              className="-ml-1 grid h-7 min-w-7 place-items-center rounded-full bg-sunken px-1 font-semibold text-ink-soft text-xs ring-2 ring-paper sm:hidden"
            >
              {strings.people.overflow(participants.length - 2)}
            </span>
          )}
        </>
      }
    >
      <ParticipantList participants={participants} onRename={onRename} together={together} />
    </PopoverButton>
  );
}
