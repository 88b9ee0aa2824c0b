import { strings } from "../ui/strings";
import { type Sort, sorts } from "./list-choice";

interface SortSelectProps {
  readonly sort: Sort;
  readonly onChoose: (sort: Sort) => void;
}

export function SortSelect({ sort, onChoose }: SortSelectProps) {
  return (
    <select
      aria-label={strings.documents.sort}
      value={sort}
      onChange={(event) => {
        const chosen = sorts[event.target.selectedIndex];
        if (chosen !== undefined) onChoose(chosen);
      }}
      className="h-9 rounded-control bg-transparent px-1 text-ink-soft text-sm hover:bg-hover hover:text-ink pointer-coarse:h-11"
    >
      {sorts.map((option) => (
        <option key={option} value={option} className="bg-raised text-ink">
          {strings.documents.sorts[option]}
        </option>
      ))}
    </select>
  );
}
