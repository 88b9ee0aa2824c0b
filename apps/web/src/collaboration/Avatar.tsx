import type { Activity } from "./activity";
import { initials } from "./initials";
import { paletteStyle } from "./palette-style";
import type { Person } from "./person";

interface AvatarProps {
  readonly person: Person;
  readonly activity?: Activity;
  readonly className?: string;
}

/**
 * A person's initials on their colour: dim while they are away, with a dot while they type. A picture beside the name:
 * hidden from screen readers, and drawn rather than written, so that a button around it is not taken to be labelled with
 * initials.
 */
export function Avatar({ person, activity = "here", className = "" }: AvatarProps) {
  return (
    <span
      aria-hidden
      data-initials={initials(person.name)}
      data-activity={activity}
      style={paletteStyle(person)}
      className={`person person-fill avatar grid size-7 shrink-0 place-items-center rounded-full font-semibold text-[0.6875rem] leading-none before:content-[attr(data-initials)] ${className}`}
    />
  );
}
