import { isMac } from "../ui/is-mac";
import { Shortcut } from "../ui/Shortcut";
import { strings } from "../ui/strings";

/** The keys of the list, while there is one, and a keyboard in all likelihood. */
export function KeyHints() {
  const { keys, deleteDoes } = strings.documents;
  const trash = { keys: isMac() ? "Mod-Backspace" : "Delete", does: deleteDoes };
  return (
    <p className="hidden flex-wrap gap-x-5 gap-y-2 pt-6 text-ink-faint text-xs pointer-fine:group-has-[[data-document]]/page:flex">
      {[...keys, trash].map(({ keys, does }) => (
        <span key={keys} className="flex items-center gap-1.5">
          <Shortcut keys={keys} />
          {does}
        </span>
      ))}
    </p>
  );
}
