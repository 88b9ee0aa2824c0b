import { useEffect, useState } from "react";
import { strings } from "../ui/strings";
import type { DoneNotice } from "./useRowActions";

const shownMs = 8000;

interface DoneToastProps {
  readonly notice: DoneNotice | undefined;
  readonly onDismiss: () => void;
}

/** Says what was done, and offers to undo it; stays while it is pointed at or has the focus. */
export function DoneToast({ notice, onDismiss }: DoneToastProps) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (notice === undefined || isHeld) return;
    const timer = setTimeout(onDismiss, shownMs);
    return () => clearTimeout(timer);
  }, [notice, isHeld, onDismiss]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: being pointed at keeps it from going, and nothing else
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-none fixed inset-x-4 bottom-5 z-40 flex justify-center"
    >
      <div
        className={`flex max-w-full items-center gap-1 rounded-full bg-ink py-1 text-paper text-sm shadow-float ${notice === undefined ? "invisible" : "pointer-events-auto"}`}
      >
        {/* Always in the page, so that screen readers hear it when it fills. */}
        <p role="status" className="min-w-0 truncate py-1.5 pr-3 pl-4">
          {notice?.text}
        </p>
        {notice?.undo !== undefined && (
          <button
            type="button"
            onClick={() => {
              setHeld(false);
              notice.undo?.();
            }}
            className="mr-1 h-8 shrink-0 rounded-full px-3 font-semibold underline underline-offset-2 focus-visible:outline-paper focus-visible:-outline-offset-2 pointer-coarse:h-11"
          >
            {strings.documents.undo}
          </button>
        )}
      </div>
    </div>
  );
}
