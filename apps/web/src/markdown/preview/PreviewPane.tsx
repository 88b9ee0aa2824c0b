import "./preview.css";
import { type EditorView, runScopeHandlers } from "@codemirror/view";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import { strings } from "../../ui/strings";
import type { Outline } from "../outline/outline";
import { usePreview } from "./usePreview";

interface PreviewPaneProps {
  readonly view: EditorView;
  readonly mayWrite: boolean;
  /** Whether it takes the focus as soon as it is there. */
  readonly autoFocus: boolean;
  /** Stable. Told of the headings whenever the text was rendered, and of undefined when the preview goes. */
  readonly onOutline: (outline: Outline | undefined) => void;
  /** Stable. Told how to show a heading, and of undefined when the preview goes. */
  readonly onJumper: (jump: ((id: string) => void) | undefined) => void;
}

/** The text as it will be read. */
export default function PreviewPane({ view, mayWrite, autoFocus, onOutline, onJumper }: PreviewPaneProps) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { tick, jump, isStuck } = usePreview({ view, scroller, content, onOutline });
  useEffect(() => {
    if (autoFocus) scroller.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  useEffect(() => {
    onJumper(jump);
    return () => onJumper(undefined);
  }, [onJumper, jump]);
  useEffect(() => () => onOutline(undefined), [onOutline]);

  const onClick = (event: MouseEvent) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    // What cannot be ticked in the text is not ticked here.
    if (target.matches("input.md-task") && !(mayWrite && tick(target))) event.preventDefault();
    const href = target.closest("a")?.getAttribute("href");
    if (href?.startsWith("#")) {
      event.preventDefault();
      jump(href.slice(1));
    }
  };

  // Ticks are undone where they were made.
  const onKeyDown = (event: KeyboardEvent) => {
    const undoes = (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key);
    if (undoes && runScopeHandlers(view, event.nativeEvent, "editor")) event.preventDefault();
  };

  return (
    <section
      ref={scroller}
      onKeyDown={onKeyDown}
      aria-label={strings.markdown.preview}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="md-scroller absolute inset-0 overflow-y-auto"
    >
      {/* Always in the page, so that screen readers hear it when it fills. */}
      <p role="status" className={isStuck ? "md-stuck" : "sr-only"}>
        {isStuck && strings.markdown.stuck}
      </p>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: links and checkboxes inside turn keys into clicks */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens for what is inside */}
      <div ref={content} onClick={onClick} className={`md-content ${mayWrite ? "" : "md-read-only"}`} />
    </section>
  );
}
