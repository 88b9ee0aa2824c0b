import { Check, Link2 } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "../ui/copy-text";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";

const CopyByHand = onDemand(() => import("./CopyByHand"));

const confirmationMs = 2000;

/** Copies the link to this document and says so. Where the browser refuses, shows it for copying by hand. */
export function ShareButton() {
  const [outcome, setOutcome] = useState<"copied" | "refused">();
  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(undefined), confirmationMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copied = outcome === "copied";
  const Icon = copied ? Check : Link2;
  return (
    <div className="relative">
      <button
        type="button"
        title={strings.editor.shareLabel}
        onClick={async () => setOutcome((await copyText(window.location.href)) ? "copied" : "refused")}
        className="group grid place-items-center rounded-control pointer-coarse:min-h-11 pointer-coarse:min-w-11"
      >
        <span className="inline-flex h-9 min-w-9 items-center justify-center gap-2 rounded-control bg-rubric px-2.5 font-medium text-on-rubric text-sm transition-colors duration-150 group-hover:bg-rubric-hover sm:min-w-24 sm:px-3">
          <Icon aria-hidden size={16} strokeWidth={2} />
          <span className="max-sm:sr-only">{copied ? strings.editor.copied : strings.editor.share}</span>
        </span>
      </button>
      <span aria-live="polite" className="sr-only">
        {copied && strings.editor.linkCopied}
      </span>
      {outcome === "refused" && <CopyByHand onDone={() => setOutcome(undefined)} />}
    </div>
  );
}
