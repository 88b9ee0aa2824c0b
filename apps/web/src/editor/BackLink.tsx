import { ArrowLeft } from "lucide-react";
import { Link } from "wouter";
import { strings } from "../ui/strings";

export function BackLink() {
  return (
    <Link
      href="/"
      aria-label={strings.editor.back}
      title={strings.editor.back}
      className="grid size-10 shrink-0 place-items-center rounded-control text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink pointer-coarse:size-11"
    >
      <ArrowLeft aria-hidden size={20} strokeWidth={1.75} />
    </Link>
  );
}
