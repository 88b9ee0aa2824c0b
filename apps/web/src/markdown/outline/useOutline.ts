import type { EditorView } from "@codemirror/view";
import { useEffect, useState } from "react";
import { PreviewSource } from "../preview/preview-source";
import RenderWorker from "../render/render-worker?worker";
import type { Outline } from "./outline";

interface OutlineState {
  /** Undefined until there is one. */
  readonly outline: Outline | undefined;
  /** Whether it may be an older one, because the text takes too long. */
  readonly isStuck: boolean;
}

/** The outline of what `view` holds, rendered for it where no preview does that already. */
export function useOutline(view: EditorView, shared: Outline | undefined): OutlineState {
  const [own, setOwn] = useState<Outline>();
  const [isStuck, setStuck] = useState(false);
  const isShared = shared !== undefined;
  useEffect(() => {
    if (isShared) return;
    const source = new PreviewSource(view, {
      openPort: () => new RenderWorker(),
      onPatch: ({ headings }) => setOwn({ headings, positionOfLine: (line) => source.positionOfLine(line) }),
      onStuck: setStuck,
    });
    return () => source.destroy();
  }, [view, isShared]);
  return { outline: shared ?? own, isStuck: isStuck && !isShared };
}
