import { Link } from "wouter";
import { strings } from "./strings";

/** The product's sign, a pilcrow, and its name: leads home. */
export function Wordmark() {
  return (
    <Link
      href="/"
      className="-mx-2 inline-flex h-11 items-center gap-2 rounded-control px-2 font-semibold text-ink tracking-tight"
    >
      <svg aria-hidden="true" viewBox="20 10 32 44" className="h-5 w-auto fill-current">
        <path d="M27 12h21v5h-4v35h-5V17h-5v35h-5V34h-2a11 11 0 0 1 0-22z" />
      </svg>
      {strings.product}
    </Link>
  );
}
