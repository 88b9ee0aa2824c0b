import { strings } from "../ui/strings";

/** The link to this document, to be copied by whoever's browser refuses to do that. */
export default function CopyByHand({ onDone }: { readonly onDone: () => void }) {
  return (
    <label className="float-panel absolute top-full right-0 z-40 mt-1 block w-72 p-3 text-ink-soft text-sm">
      {strings.editor.copyByHand}
      <input
        readOnly
        // biome-ignore lint/a11y/noAutofocus: the reader has just asked for this link
        autoFocus
        value={window.location.href}
        onFocus={(event) => event.target.select()}
        onBlur={onDone}
        className="mt-1.5 h-9 w-full rounded-control border border-line-strong bg-paper px-2.5 text-ink"
      />
    </label>
  );
}
