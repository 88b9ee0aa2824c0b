import { EditorView } from "@codemirror/view";
import { type KeyboardEvent, useRef, useState } from "react";
import { strings } from "../../ui/strings";
import type { Heading } from "../render/heading";
import type { Outline } from "./outline";
import { headingsMax, shortlist } from "./shortlist";
import { useOutline } from "./useOutline";

interface OutlinePanelProps {
  readonly view: EditorView;
  /** Of the preview, if there is one. */
  readonly shared: Outline | undefined;
  /** Shows a heading in the preview, where that is all there is. */
  readonly jumpInPreview: ((id: string) => void) | undefined;
  readonly onJump: () => void;
  readonly onClose: () => void;
}

/** The headings, to go to. The arrow keys go from one to the next, Escape closes. */
export default function OutlinePanel({ view, shared, jumpInPreview, onJump, onClose }: OutlinePanelProps) {
  const list = useRef<HTMLUListElement>(null);
  const { outline, isStuck } = useOutline(view, shared);
  const [query, setQuery] = useState("");
  const headings = outline?.headings ?? [];
  const isLong = headings.length > headingsMax;
  const { shown, total } = shortlist(headings, isLong ? query : "");
  const top = Math.min(...shown.map(({ level }) => level));

  const jump = ({ id, line }: Heading) => {
    onJump();
    if (jumpInPreview !== undefined) return jumpInPreview(`md-${id}`);
    const position = outline?.positionOfLine(line);
    if (position === undefined) return;
    view.focus();
    view.dispatch({
      selection: { anchor: position },
      effects: EditorView.scrollIntoView(position, { y: "start" }),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") return onClose();
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const current =
      document.activeElement instanceof HTMLElement ? buttons.indexOf(document.activeElement) : -1;
    const places: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      // In the field they go to the ends of what was typed.
      ...(current !== -1 && { Home: 0, End: buttons.length - 1 }),
    };
    const button = buttons[places[event.key] ?? -1];
    if (button === undefined) return;
    event.preventDefault();
    button.focus();
  };

  return (
    <nav
      aria-label={strings.markdown.outline}
      onKeyDown={onKeyDown}
      className="absolute inset-0 z-20 overflow-y-auto border-line bg-paper p-2 min-[52rem]:static min-[52rem]:w-64 min-[52rem]:shrink-0 min-[52rem]:border-r print:hidden"
    >
      <p role="status" className="px-2.5 py-2 text-ink-soft text-sm text-pretty empty:hidden">
        {isStuck && strings.markdown.stuck}
      </p>
      {outline !== undefined && headings.length === 0 && (
        <p className="px-2.5 py-2 text-ink-faint text-sm text-pretty">{strings.markdown.noHeadings}</p>
      )}
      {isLong && (
        <div className="pb-1">
          <input
            type="search"
            dir="auto"
            aria-label={strings.markdown.findHeading}
            placeholder={strings.markdown.findHeading}
            value={query}
            maxLength={200}
            onChange={(event) => setQuery(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            className="h-8 w-full rounded-control bg-sunken px-2.5 text-base placeholder:text-ink-faint focus-visible:outline-offset-[-2px] sm:text-sm pointer-coarse:h-11"
          />
          <p role="status" className="px-2.5 py-1 text-ink-faint text-xs">
            {strings.markdown.headings(shown.length, total)}
          </p>
        </div>
      )}
      <ul ref={list}>
        {shown.map((heading) => (
          <li key={heading.id}>
            <button
              type="button"
              dir="auto"
              onClick={() => jump(heading)}
              style={{ paddingInlineStart: `${0.625 + 0.875 * (heading.level - top)}rem` }}
              className={`block min-h-8 w-full truncate rounded-control py-1 pr-2.5 text-left text-sm hover:bg-hover focus-visible:outline-offset-[-2px] pointer-coarse:min-h-11 ${heading.level === top ? "font-medium" : "text-ink-soft"}`}
            >
              {heading.text === "" ? strings.untitled : heading.text}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
