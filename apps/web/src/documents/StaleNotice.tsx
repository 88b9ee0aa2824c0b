import { strings } from "../ui/strings";

/** Lies over the foot of the page, so that it moves nothing when it comes and goes. */
export function StaleNotice({ cause }: { readonly cause: string }) {
  return (
    <p
      role="alert"
      className="fixed inset-x-4 bottom-4 mx-auto w-fit rounded-control border border-line-strong bg-raised px-4 py-2 text-ink-soft text-sm shadow-float"
    >
      {cause} {strings.documents.staleError}
    </p>
  );
}
