import { ArrowLeft } from "lucide-react";
import { Link } from "wouter";
import { strings } from "./strings";

/** The way back to the documents, on pages that have nothing else to offer. */
export function HomeLink() {
  return (
    <Link
      href="/"
      className="inline-flex h-11 items-center gap-2 rounded-control border border-line-strong bg-raised px-4 font-medium text-sm transition-colors duration-150 hover:bg-hover"
    >
      <ArrowLeft aria-hidden size={16} strokeWidth={1.75} />
      {strings.missing.back}
    </Link>
  );
}
