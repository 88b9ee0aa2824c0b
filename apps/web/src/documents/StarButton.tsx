import { Star } from "lucide-react";
import { IconButton } from "../ui/IconButton";
import { strings } from "../ui/strings";

interface StarButtonProps {
  readonly title: string;
  readonly isStarred: boolean;
  readonly onToggle: () => void;
}

/** Shown where it is on, where the row is pointed at or has the focus, and where there is no pointer to point with. */
export function StarButton({ title, isStarred, onToggle }: StarButtonProps) {
  return (
    <IconButton
      label={strings.documents.starOf(title)}
      aria-pressed={isStarred}
      onClick={onToggle}
      className={
        isStarred
          ? ""
          : "pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100"
      }
    >
      <Star aria-hidden size={18} strokeWidth={1.75} className={isStarred ? "fill-warn stroke-warn" : ""} />
    </IconButton>
  );
}
