import { useRef } from "react";
import { titleLengthMax } from "../editor/title-limit";
import { strings } from "../ui/strings";

interface RenameFieldProps {
  readonly title: string;
  /**
   * @param title undefined if it stays as it is
   * @param byKey whether the focus is left to whoever takes the field away
   */
  readonly onDone: (title: string | undefined, byKey: boolean) => void;
}

/** In place of a row's title: Enter or leaving renames, Escape does not. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const done = useRef(false);
  const finish = (next: string | undefined, byKey: boolean) => {
    if (done.current) return;
    done.current = true;
    onDone(next === undefined || next.trim() === title ? undefined : next.trim(), byKey);
  };
  return (
    <input
      aria-label={strings.editor.title}
      dir="auto"
      defaultValue={title}
      maxLength={titleLengthMax}
      // biome-ignore lint/a11y/noAutofocus: it takes the place of what was asked to be renamed
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={(event) => finish(event.target.value, false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") finish(undefined, true);
        if (event.key === "Enter") finish(event.currentTarget.value, true);
      }}
      autoComplete="off"
      className="my-2 h-11 min-w-0 grow rounded-control border border-line-strong bg-raised px-2.5 font-medium text-base sm:text-[0.9375rem]"
    />
  );
}
