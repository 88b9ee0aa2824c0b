import { CircleHelp } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { IconButton } from "../ui/IconButton";
import { words } from "./words";

interface SectionProps {
  readonly heading: string;
  /** What the figures below it mean to somebody who writes; shown when asked for. */
  readonly help: string;
  /** What stands at the end of the heading's line. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** Some figures that belong together. */
export function Section({ heading, help, tools, children }: SectionProps) {
  const id = useId();
  const [isExplained, explain] = useState(false);
  return (
    <section aria-labelledby={id} className="border-line border-t px-4 pt-3 pb-5">
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-2 pointer-coarse:min-h-11">
        <div className="flex items-center">
          <h3 id={id} className="font-semibold text-sm">
            {heading}
          </h3>
          <IconButton
            label={words.explain(heading)}
            aria-expanded={isExplained}
            aria-controls={`${id}-help`}
            className="size-7"
            onClick={() => explain(!isExplained)}
          >
            <CircleHelp aria-hidden size={14} strokeWidth={1.75} />
          </IconButton>
        </div>
        {tools}
      </div>
      <p
        id={`${id}-help`}
        hidden={!isExplained}
        className="mb-3 rounded-control bg-sunken px-3 py-2 text-ink-soft text-sm text-pretty"
      >
        {help}
      </p>
      {children}
    </section>
  );
}
