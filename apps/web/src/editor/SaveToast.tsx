import { strings } from "../ui/strings";

/** The answer to a wish to save. Always in the page, so that screen readers hear it when it fills. */
export function SaveToast({ shown }: { readonly shown: boolean }) {
  return (
    <p
      aria-live="polite"
      className={`-translate-x-1/2 pointer-events-none absolute bottom-6 left-1/2 z-40 whitespace-nowrap rounded-full bg-ink px-4 py-2 text-paper text-sm shadow-float transition-opacity duration-150 ${shown ? "" : "opacity-0"}`}
    >
      {shown ? strings.editor.savedAsYouType : ""}
    </p>
  );
}
