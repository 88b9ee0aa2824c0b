import type { ReactNode } from "react";
import { words } from "./words";

interface FiguresProps {
  readonly columns: 2 | 3;
  readonly children: ReactNode;
}

/** Figures beside each other, each with its name. */
export function Figures({ columns, children }: FiguresProps) {
  return (
    <dl className={`grid gap-x-4 gap-y-3 ${columns === 3 ? "grid-cols-3" : "grid-cols-2"}`}>{children}</dl>
  );
}

interface FigureProps {
  readonly name: string;
  /** Undefined where the server cannot say it yet. */
  readonly value: string | undefined;
  /** What else there is to say of it. */
  readonly detail?: string | undefined;
}

export function Figure({ name, value, detail }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-ink-soft text-xs">{name}</dt>
      <dd className="font-medium text-lg leading-snug tabular-nums">
        {value ?? (
          <>
            <span aria-hidden>{words.unknown}</span>
            <span className="sr-only">{words.unknownTitle}</span>
          </>
        )}
      </dd>
      {detail !== undefined && <dd className="text-ink-soft text-xs text-pretty tabular-nums">{detail}</dd>}
    </div>
  );
}
