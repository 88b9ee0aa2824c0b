import { initials } from "./initials";
import { paletteStyle } from "./palette-style";
import type { Person } from "./person";

/**
 * A person's initials on their colour. A picture beside the name: hidden from screen readers, and drawn rather than
 * written, so that a button around it is not taken to be labelled with initials.
 */
export function Avatar({ person, className = "" }: { readonly person: Person; readonly className?: string }) {
  return (
    <span
      aria-hidden
      data-initials={initials(person.name)}
      style={paletteStyle(person)}
      className={`person person-fill grid size-7 shrink-0 place-items-center rounded-full font-semibold text-[0.6875rem] leading-none before:content-[attr(data-initials)] ${className}`}
    />
  );
}
