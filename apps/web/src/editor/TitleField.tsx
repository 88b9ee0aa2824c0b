import { type KeyboardEvent, type Ref, useEffect, useId, useState } from "react";
import { strings } from "../ui/strings";
import { titleLengthMax } from "./title-limit";

interface TitleFieldProps {
  readonly ref: Ref<HTMLInputElement>;
  /** Undefined while it is not known. */
  readonly title: string | undefined;
  readonly error: string | undefined;
  /** A new document: its name comes first. */
  readonly autoFocus: boolean;
  readonly onFocus: () => void;
  readonly onRename: (title: string) => void;
  /** Enter was pressed: on to the text. */
  readonly onDone: () => void;
}

/** The title, changed in place. What others do to it shows unless one is changing it oneself. */
export function TitleField({ ref, title, error, autoFocus, onFocus, onRename, onDone }: TitleFieldProps) {
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const shown = draft ?? title ?? "";
  const tooLong = shown.length > titleLengthMax;
  const message = tooLong
    ? strings.editor.titleTooLong(shown.length, titleLengthMax)
    : error && draft !== undefined
      ? strings.editor.titleNotSaved(error)
      : undefined;

  // The draft stands until the server's title is the same.
  useEffect(() => {
    if (draft !== undefined && draft === title) setDraft(undefined);
  }, [draft, title]);

  const save = () => {
    if (draft === undefined || tooLong) return;
    const wanted = draft.trim();
    setDraft(wanted);
    if (wanted !== title) onRename(wanted);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") setDraft(undefined);
    if (event.key === "Enter" && !event.nativeEvent.isComposing && !tooLong) {
      event.preventDefault();
      // Saves: losing the focus does.
      event.currentTarget.blur();
      onDone();
    }
  };

  return (
    <div className="brief-notice-owner relative min-w-0">
      <input
        ref={ref}
        // biome-ignore lint/a11y/noAutofocus: the reader has just asked for a new document, whose first field this is
        autoFocus={autoFocus}
        aria-label={strings.editor.title}
        dir="auto"
        aria-invalid={message !== undefined}
        aria-describedby={message === undefined ? undefined : id}
        placeholder={title === undefined ? "" : strings.untitled}
        value={shown}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={onFocus}
        onBlur={save}
        onKeyDown={onKeyDown}
        autoComplete="off"
        className="field-sizing-content h-9 w-full min-w-24 max-w-full truncate rounded-control border border-transparent bg-transparent px-2 font-semibold text-[0.9375rem] tracking-tight placeholder:text-ink-faint hover:border-line focus-visible:border-line-strong focus-visible:bg-raised focus-visible:outline-offset-0 aria-invalid:border-warn sm:w-auto pointer-coarse:h-11"
      />
      {message !== undefined && (
        <p
          id={id}
          role="alert"
          className="float-panel brief-notice absolute top-full left-0 z-40 mt-1 w-72 px-3 py-2 text-sm text-warn text-pretty"
        >
          {message}
        </p>
      )}
    </div>
  );
}
