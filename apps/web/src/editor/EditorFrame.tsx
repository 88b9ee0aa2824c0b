import type { ReactNode } from "react";
import { BackLink } from "./BackLink";

interface EditorFrameProps {
  /** The title, in the bar. */
  readonly title?: ReactNode;
  readonly status?: ReactNode;
  /** What stands at the right end of the bar. */
  readonly actions?: ReactNode;
  readonly banner?: ReactNode;
  readonly children?: ReactNode;
  /** What stands beside the text, or over it where there is no room. */
  readonly aside?: ReactNode;
  /** The quiet line below. */
  readonly footer?: ReactNode;
}

/** The page around a text. Has its final measures from the first paint on, with or without contents. */
export function EditorFrame({ title, status, actions, banner, children, aside, footer }: EditorFrameProps) {
  return (
    <div className="flex h-dvh flex-col">
      {/* On a phone the status has a row of its own; it says too much for a shared one when it matters. */}
      <header className="grid shrink-0 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-1 border-line border-b pr-2 pl-1 sm:h-14 sm:grid-cols-[auto_minmax(0,1fr)_auto_auto] sm:pr-3 sm:pl-2">
        <BackLink />
        {title ?? <div className="h-9" />}
        <div className="col-span-full row-start-2 flex h-8 items-center px-2 pb-1 sm:col-span-1 sm:col-start-3 sm:row-start-1 sm:pb-0">
          {status}
        </div>
        <div className="col-start-3 row-start-1 flex h-14 items-center justify-end gap-1 sm:col-start-4 sm:gap-2">
          {actions}
        </div>
      </header>
      {banner}
      <div className="relative flex min-h-0 grow">
        <main className="relative min-w-0 grow">{children}</main>
        {aside}
      </div>
      <footer className="flex h-8 shrink-0 items-stretch justify-end gap-1 border-line border-t px-2 text-ink-soft text-xs pointer-coarse:h-11">
        {footer}
      </footer>
    </div>
  );
}
