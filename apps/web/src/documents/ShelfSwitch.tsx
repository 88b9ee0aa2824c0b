import { Link } from "wouter";
import { strings } from "../ui/strings";
import { addressOf, type ListChoice, shelves } from "./list-choice";

interface ShelfSwitchProps {
  readonly choice: ListChoice;
  readonly onChoose: (change: Partial<ListChoice>) => void;
}

/** All, recent, starred, trash: links, so that each is a page to come back to. */
export function ShelfSwitch({ choice, onChoose }: ShelfSwitchProps) {
  return (
    <nav aria-label={strings.documents.shelf} className="-mx-2.5 flex">
      {shelves.map((shelf) => (
        <Link
          key={shelf}
          href={addressOf({ ...choice, shelf })}
          aria-current={shelf === choice.shelf ? "page" : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onChoose({ shelf });
          }}
          className="flex h-9 items-center rounded-control px-2.5 text-ink-soft text-sm hover:bg-hover aria-[current=page]:font-semibold aria-[current=page]:text-ink pointer-coarse:h-11"
        >
          {strings.documents.shelves[shelf]}
        </Link>
      ))}
    </nav>
  );
}
