import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "../ui/copy-text";
import { IconButton } from "../ui/IconButton";

const confirmationMs = 2000;

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  /** What is said once it is copied, or if the browser refused. */
  readonly said: { readonly copied: string; readonly refused: string };
}

/** Copies a text, and says so. */
export function CopyButton({ text, label, said }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<keyof CopyButtonProps["said"]>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), confirmationMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <span className="relative inline-flex">
      <IconButton
        label={label}
        onClick={async () => setOutcome((await copyText(text)) ? "copied" : "refused")}
      >
        <Icon aria-hidden size={16} strokeWidth={1.75} />
      </IconButton>
      <span aria-live="polite" className={outcome === "refused" ? refusal : "sr-only"}>
        {outcome !== undefined && said[outcome]}
      </span>
    </span>
  );
}

const refusal = "float-panel absolute top-full right-0 z-40 mt-1 w-56 p-2 text-sm";
