import { strings } from "../ui/strings";

export function NoMatch({ query }: { readonly query: string }) {
  return (
    <section className="border-line border-t pt-10">
      <h2 className="font-semibold text-lg tracking-tight break-words">
        {strings.documents.noMatchTitle(query)}
      </h2>
      <p className="mt-1 text-ink-soft">{strings.documents.noMatchText}</p>
    </section>
  );
}
