import { BookOpen, Columns2, PenLine } from "lucide-react";
import { useId } from "react";
import { strings } from "../../ui/strings";
import { modesFor, type ViewMode } from "./view-mode";

const icons = { text: PenLine, both: Columns2, preview: BookOpen } as const;

interface ViewSwitchProps {
  readonly mode: ViewMode;
  readonly isWide: boolean;
  readonly onChoose: (mode: ViewMode) => void;
}

/** Text, text and preview, or preview. */
export function ViewSwitch({ mode, isWide, onChoose }: ViewSwitchProps) {
  const name = useId();
  return (
    <fieldset aria-label={strings.markdown.view} className="flex shrink-0 gap-0.5">
      {modesFor(isWide).map((option) => {
        const Icon = icons[option];
        return (
          <label
            key={option}
            title={`${strings.markdown.views[option]} (${strings.markdown.viewShortcut})`}
            className="relative grid size-8 place-items-center rounded-control text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 pointer-coarse:size-11"
          >
            <input
              type="radio"
              name={name}
              aria-label={strings.markdown.views[option]}
              checked={option === mode}
              onChange={() => onChoose(option)}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            <Icon aria-hidden size={17} strokeWidth={1.75} />
          </label>
        );
      })}
    </fieldset>
  );
}
