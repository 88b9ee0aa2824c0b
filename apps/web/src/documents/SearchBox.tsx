import { Search, X } from "lucide-react";
import type { RefObject } from "react";
import { strings } from "../ui/strings";

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  /** Goes from here to the first row, and into it. */
  readonly onDown: () => void;
  readonly onEnter: () => void;
}

export function SearchBox({ value, onChange, input, onDown, onEnter }: SearchBoxProps) {
  return (
    <div className="relative flex items-center">
      <Search
        aria-hidden
        size={16}
        strokeWidth={1.75}
        className="pointer-events-none absolute left-3 text-ink-faint"
      />
      <input
        dir="auto"
        ref={input}
        type="search"
        aria-label={strings.documents.search}
        aria-keyshortcuts="/"
        placeholder={strings.documents.searchHint}
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") onChange("");
          if (event.key === "Enter") onEnter();
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          onDown();
        }}
        autoComplete="off"
        spellCheck={false}
        className="h-9 w-full rounded-control border border-transparent bg-sunken pr-9 pl-9 text-base placeholder:text-ink-faint focus-visible:border-line-strong focus-visible:bg-raised focus-visible:outline-offset-0 sm:text-sm pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== "" && (
        <button
          type="button"
          aria-label={strings.documents.clearSearch}
          onClick={() => {
            onChange("");
            input.current?.focus();
          }}
          className="absolute right-1 grid size-7 place-items-center rounded-control text-ink-faint hover:text-ink pointer-coarse:size-10"
        >
          <X aria-hidden size={16} strokeWidth={1.75} />
        </button>
      )}
    </div>
  );
}
