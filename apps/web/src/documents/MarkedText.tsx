import type { SnippetPart } from "../api/document-summary";

/** A text in which what was looked for stands out. */
export function MarkedText({ parts }: { readonly parts: readonly SnippetPart[] }) {
  return parts.map(({ text, match }, index) =>
    match ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have nothing but their place
      <mark key={index} className="rounded-xs bg-found text-ink">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
