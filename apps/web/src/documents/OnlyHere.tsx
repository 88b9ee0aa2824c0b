import { Link } from "wouter";
import { strings } from "../ui/strings";
import { useHandOver } from "./useHandOver";
import { useOnlyHere } from "./useOnlyHere";

/** Which documents the server lacks something of, nothing where it has all; brings it there. */
export function OnlyHere() {
  const documents = useOnlyHere();
  useHandOver(documents);
  if (documents.length === 0) return null;
  return (
    <section className="mb-6 rounded-control bg-warn-paper px-4 py-3">
      <h2 className="font-semibold text-sm">{strings.documents.onlyHere}</h2>
      <ul aria-label={strings.documents.onlyHere} className="mt-1">
        {documents.map(({ id, title, edits }) => (
          <li key={id}>
            <Link
              href={`/d/${id}`}
              className="-mx-2 flex min-h-9 flex-wrap items-center justify-between gap-x-4 rounded-control px-2 py-1 text-sm hover:bg-hover pointer-coarse:min-h-11"
            >
              <span dir="auto" className="truncate text-left font-medium">
                {title === "" ? strings.untitled : title}
              </span>
              <span className="text-warn tabular-nums">
                {edits === 0
                  ? strings.documents.onlyBegun
                  : strings.documents.onlyHereEdits(strings.status.edits(edits))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
