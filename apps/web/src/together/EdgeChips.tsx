import { ArrowDown, ArrowUp } from "lucide-react";
import { Avatar } from "../collaboration/Avatar";
import { strings } from "../ui/strings";
import type { EdgePerson } from "./edges";

/** More people than that at one edge are one chip. */
const namedMax = 2;

const looks = {
  above: { place: "top-2", Icon: ArrowUp },
  below: { place: "bottom-2", Icon: ArrowDown },
} as const;

interface EdgeChipsProps {
  readonly side: keyof typeof looks;
  /** Nearest first. */
  readonly people: readonly EdgePerson[];
  readonly onGo: (personId: string) => void;
}

/** Who is out of view at one edge of the text, and the way there. On a phone, where they stand over words, initials only. */
export function EdgeChips({ side, people, onGo }: EdgeChipsProps) {
  const [nearest] = people;
  if (nearest === undefined) return null;
  const { place, Icon } = looks[side];
  const arrow = <Icon aria-hidden size={14} strokeWidth={2} className="shrink-0" />;
  const look =
    "pointer-events-auto flex h-7 max-w-44 items-center gap-1.5 rounded-full border border-line bg-raised/90 pr-1.5 pl-1.5 font-medium text-ink-soft text-xs shadow-float transition-colors duration-150 hover:bg-hover hover:text-ink sm:pr-2.5 pointer-coarse:h-9";
  const labels = strings.together[side];
  return (
    <div className={`absolute right-4 flex gap-1.5 ${place}`}>
      {people.length <= namedMax ? (
        people.map((person) => (
          <button
            key={person.id}
            type="button"
            aria-label={labels.one(person.name)}
            className={look}
            onClick={() => onGo(person.id)}
          >
            {arrow}
            <Avatar person={person} className="size-5! text-[0.5625rem]!" />
            <span className="truncate max-sm:hidden">{person.name}</span>
          </button>
        ))
      ) : (
        <button
          type="button"
          aria-label={labels.many(people.length)}
          className={look}
          onClick={() => onGo(nearest.id)}
        >
          {arrow}
          <span className="max-sm:hidden">{strings.together.people(people.length)}</span>
          <span className="tabular-nums sm:hidden">{people.length}</span>
        </button>
      )}
    </div>
  );
}
