import type { EditorView } from "@codemirror/view";
import { useEffect, useState } from "react";
import { PreviewSource } from "../preview/preview-source";
import RenderWorker from "../render/render-worker?worker";
import type { Outline } from "./outline";

/** The outline of what `view` holds, rendered for it where no preview does that already. */
export function useOutline(view: EditorView, shared: Outline | undefined): Outline | undefined {
  const [own, setOwn] = useState<Outline>();
  const isShared = shared !== undefined;
  useEffect(() => {
    if (isShared) return;
    const source = new PreviewSource(view, new RenderWorker(), ({ headings }) =>
      setOwn({ headings, positionOfLine: (line) => source.positionOfLine(line) }),
    );
    return () => source.destroy();
  }, [view, isShared]);
  return shared ?? own;
}
