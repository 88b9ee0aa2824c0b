import { strings } from "../ui/strings";
import type { RemoteEdit } from "./remote-edit";

/** More people than that are not named one by one. */
const namedMax = 2;

/** What others have done, in a sentence or two; for those who hear the text rather than see it. */
export function summariseEdits(edits: readonly RemoteEdit[]): string {
  const lines = new Map<string, { readonly name: string; from: number; to: number }>();
  for (const { author, line } of edits) {
    const known = lines.get(author?.id ?? "");
    if (known === undefined) {
      lines.set(author?.id ?? "", { name: author?.name ?? strings.together.somebody, from: line, to: line });
    } else {
      known.from = Math.min(known.from, line);
      known.to = Math.max(known.to, line);
    }
  }
  const authors = [...lines.values()];
  if (authors.length <= namedMax) return authors.map(strings.together.edited).join(" ");
  // One who is not known may be one of the others.
  return strings.together.severalEdited;
}
