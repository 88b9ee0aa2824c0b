import { BookOpen, Columns2, PenLine } from "lucide-react";
import { ToggleGroup } from "radix-ui";
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
  return (
    <ToggleGroup.Root
      type="single"
      value={mode}
      aria-label={strings.markdown.view}
      onValueChange={(value) => {
        const chosen = modesFor(isWide).find((candidate) => candidate === value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      className="flex shrink-0 gap-0.5"
    >
      {modesFor(isWide).map((option) => {
        const Icon = icons[option];
        return (
          <ToggleGroup.Item
            key={option}
            value={option}
            aria-label={strings.markdown.views[option]}
            title={`${strings.markdown.views[option]} (${strings.markdown.viewShortcut})`}
            className="grid size-8 place-items-center rounded-control text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink data-[state=on]:bg-sunken data-[state=on]:text-ink pointer-coarse:size-11"
          >
            <Icon aria-hidden size={17} strokeWidth={1.75} />
          </ToggleGroup.Item>
        );
      })}
    </ToggleGroup.Root>
  );
}
