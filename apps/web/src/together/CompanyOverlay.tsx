import { paletteStyle } from "../collaboration/palette-style";
import { useObservable } from "../ui/useObservable";
import type { Company } from "./company";
import { EdgeChips } from "./EdgeChips";

/** What is over the text for the sake of the others in it. */
export function CompanyOverlay({ company }: { readonly company: Company }) {
  const { above, below, inset } = useObservable(company.edges);
  const followed = useObservable(company.followed);
  const announcement = useObservable(company.announcements.text);
  return (
    <div
      className="pointer-events-none absolute inset-0 print:hidden"
      style={{ top: inset.top, bottom: inset.bottom }}
    >
      {followed?.hasLeft === false && (
        // The frame says whose view this is.
        <div style={paletteStyle(followed)} className="person absolute inset-0 border-(--person) border-2" />
      )}
      <EdgeChips side="above" people={above} onGo={(id) => company.goTo(id)} />
      <EdgeChips side="below" people={below} onGo={(id) => company.goTo(id)} />
      <p aria-live="polite" className="sr-only">
        {announcement}
      </p>
    </div>
  );
}
