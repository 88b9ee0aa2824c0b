import { useState } from "react";
import { isServerThere } from "./is-server-there";
import { strings } from "./strings";

/** Stands in for a part of the page whose code could not be loaded. */
export function NotLoaded() {
  const [unreachable, setUnreachable] = useState(false);
  const reload = async () => {
    if (await isServerThere()) window.location.reload();
    else setUnreachable(true);
  };
  return (
    <p role="status" className="flex min-h-8 flex-wrap items-center gap-x-2 px-2.5 text-ink-soft text-sm">
      {unreachable ? strings.notLoaded.unreachable : strings.notLoaded.text}
      <button
        type="button"
        onClick={reload}
        className="rounded-control px-1 font-medium text-ink underline underline-offset-2 hover:bg-hover pointer-coarse:min-h-11"
      >
        {strings.crash.reload}
      </button>
    </p>
  );
}
