import { strings } from "../ui/strings";

/** Invites; the way to begin is the primary action above it. */
export function EmptyDocuments() {
  return (
    <section className="border-line border-t pt-14 text-center">
      <h2 className="font-semibold text-xl tracking-tight">{strings.documents.emptyTitle}</h2>
      <p className="mx-auto mt-2 max-w-[46ch] text-ink-soft text-pretty">{strings.documents.emptyText}</p>
    </section>
  );
}
