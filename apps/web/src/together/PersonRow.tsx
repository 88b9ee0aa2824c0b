import { Crosshair } from "lucide-react";
import { Popover } from "radix-ui";
import { Avatar } from "../collaboration/Avatar";
import type { Participant } from "../collaboration/list-participants";
import { strings } from "../ui/strings";
import { useObservable } from "../ui/useObservable";
import type { Company } from "./company";

interface PersonRowProps {
  readonly participant: Participant;
  readonly company: Company;
}

/** Somebody else in the document: the way to where they are, and to have one's view follow theirs. */
export function PersonRow({ participant, company }: PersonRowProps) {
  const { id, name, activity } = participant;
  const followed = useObservable(company.followed);
  const isFollowed = followed?.id === id && !followed.hasLeft;
  const state = strings.people.activities[activity];
  return (
    <>
      <Popover.Close
        aria-label={[strings.together.goTo(name), state].filter(Boolean).join(", ")}
        title={strings.together.goTo(name)}
        onClick={() => company.goTo(id)}
        className="flex h-full min-w-0 grow items-center gap-3 rounded-control px-1.5 text-left hover:bg-hover"
      >
        <Avatar person={participant} activity={activity} />
        <span dir="auto" className="truncate">
          {name}
        </span>
        <span className="shrink-0 text-ink-faint text-xs">{state}</span>
      </Popover.Close>
      <Popover.Close
        aria-label={strings.together.follow(name)}
        title={strings.together.follow(name)}
        aria-pressed={isFollowed}
        onClick={() => (isFollowed ? company.stopFollowing() : company.follow(id))}
        className="grid size-9 shrink-0 place-items-center rounded-control text-ink-soft hover:bg-hover hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink pointer-coarse:size-11"
      >
        <Crosshair aria-hidden size={16} strokeWidth={1.75} />
      </Popover.Close>
    </>
  );
}
