import { Search, X } from "lucide-react";
import { strings } from "../ui/strings";

interface FilterBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function FilterBox({ value, onChange }: FilterBoxProps) {
  return (
    <div className="relative flex items-center">
      <Search
        aria-hidden
        size={16}
        strokeWidth={1.75}
        className="pointer-events-none absolute left-3 text-ink-faint"
      />
      <input
        type="search"
        aria-label={strings.documents.filter}
        placeholder={strings.documents.filter}
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onChange("");
        }}
        autoComplete="off"
        spellCheck={false}
        className="h-9 w-full rounded-control border border-transparent bg-sunken pr-9 pl-9 text-base placeholder:text-ink-faint focus-visible:border-line-strong focus-visible:bg-raised focus-visible:outline-offset-0 sm:text-sm pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== "" && (
        <button
          type="button"
          aria-label={strings.documents.clearFilter}
          onClick={() => onChange("")}
          className="absolute right-1 grid size-7 place-items-center rounded-control text-ink-faint hover:text-ink pointer-coarse:size-10"
        >
          <X aria-hidden size={16} strokeWidth={1.75} />
        </button>
      )}
    </div>
  );
}
