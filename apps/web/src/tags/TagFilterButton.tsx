import { Tag } from "lucide-react";
import { type RefObject, useState } from "react";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";

const TagPicker = onDemand(() => import("./TagPicker"));

interface TagFilterButtonProps {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
  /** The tags to choose from cannot be had. */
  readonly onFailure: (cause?: string) => void;
}

/** Leads to the tags in use, to filter the list by them. */
export function TagFilterButton({ button, tags, onChange, onFailure }: TagFilterButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={strings.tags.filter}
        title={strings.tags.filter}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className="flex h-9 shrink-0 items-center gap-2 rounded-control px-2.5 text-ink-soft text-sm hover:bg-hover hover:text-ink pointer-coarse:h-11"
      >
        <Tag aria-hidden size={16} strokeWidth={1.75} />
        <span className="max-sm:hidden">{strings.tags.heading}</span>
      </button>
      {isOpen && (
        <TagPicker
          chosen={tags}
          onChange={onChange}
          onClose={close}
          focusAfter={() => button.current?.focus()}
          onUnreachable={(cause) => {
            close();
            onFailure(cause);
          }}
          onFailure={() => {
            close();
            onFailure();
          }}
        />
      )}
    </>
  );
}
