import { shortcutParts } from "../commands/shortcut-label";
import { isMac } from "./is-mac";

/** A shortcut, in CodeMirror's notation, drawn as keys. */
export function Shortcut({ keys }: { readonly keys: string }) {
  return (
    <kbd className="flex shrink-0 gap-1 font-sans text-ink-soft text-xs">
      {shortcutParts(keys, isMac()).map((part) => (
        <kbd
          key={part}
          className="grid h-5 min-w-5 place-items-center rounded border border-line-strong bg-paper px-1 font-sans"
        >
          {part}
        </kbd>
      ))}
    </kbd>
  );
}
