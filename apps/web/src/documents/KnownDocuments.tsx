import { Link } from "wouter";
import { strings } from "../ui/strings";
import { useDeviceStore } from "../ui/useDeviceStore";
import { listKnownDocuments } from "./known-documents";

/** The documents that open without the server. */
export function KnownDocuments() {
  const documents = listKnownDocuments(useDeviceStore());
  if (documents.length === 0) return null;
  return (
    <section className="mt-12">
      <h2 className="font-semibold">{strings.documents.onDevice}</h2>
      <p className="mb-4 text-ink-soft text-sm">{strings.documents.onDeviceText}</p>
      <ul aria-label={strings.documents.onDevice} className="border-line border-t">
        {documents.map(({ id, title }) => (
          <li key={id} className="border-line border-b">
            <Link
              href={`/d/${id}`}
              className="-mx-3 flex min-h-12 items-center rounded-control px-3 font-medium hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className={`truncate ${title === "" ? "text-ink-faint" : ""}`}>
                {title === "" ? strings.untitled : title}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
