import type { EditorView } from "@codemirror/view";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Outline } from "../outline/outline";
import { LivePreview } from "./live-preview";
import { RemoteImages } from "./remote-images";

interface PreviewOptions {
  readonly view: EditorView;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly content: RefObject<HTMLElement | null>;
  /** Stable. */
  readonly onOutline: (outline: Outline) => void;
}

/** A preview of `view` in `content`, for as long as the component lives. */
export function usePreview({ view, scroller, content, onOutline }: PreviewOptions) {
  const preview = useRef<LivePreview>(undefined);
  const [isStuck, setStuck] = useState(false);
  const [images] = useState(() => new RemoteImages());
  useEffect(() => {
    if (scroller.current === null || content.current === null) return;
    const opened = new LivePreview({
      editor: view,
      scroller: scroller.current,
      content: content.current,
      images,
      onOutline,
      onStuck: setStuck,
    });
    preview.current = opened;
    return () => {
      preview.current = undefined;
      opened.destroy();
    };
  }, [view, scroller, content, images, onOutline]);
  const tick = useCallback((checkbox: Element) => preview.current?.tick(checkbox) ?? false, []);
  const jump = useCallback((id: string) => preview.current?.jump(id), []);
  return { tick, jump, isStuck };
}
