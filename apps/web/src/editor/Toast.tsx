/** A few words in answer, for a moment. Always in the page, so that screen readers hear it when it fills. */
export function Toast({ text }: { readonly text: string | undefined }) {
  return (
    <p
      aria-live="polite"
      className={`-translate-x-1/2 pointer-events-none absolute bottom-6 left-1/2 z-40 w-max max-w-[min(36rem,calc(100%-2rem))] rounded-3xl bg-ink px-4 py-2 text-paper text-sm text-pretty shadow-float transition-opacity duration-150 ${text === undefined ? "opacity-0" : ""}`}
    >
      {text}
    </p>
  );
}
