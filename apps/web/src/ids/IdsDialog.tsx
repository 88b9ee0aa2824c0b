import type { ScriptoriumProvider } from "@scriptorium/provider";
import { useSyncExternalStore } from "react";
import { Link } from "wouter";
import { SheetDialog } from "../ui/SheetDialog";
import { CopyButton } from "./CopyButton";
import { words } from "./words";

interface IdsDialogProps {
  readonly documentId: string;
  readonly provider: Pick<ScriptoriumProvider, "durableRevision" | "resumePoint" | "onStatusChange">;
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** The IDs of the document that is open and of its newest revision, to copy and to explain. */
export default function IdsDialog({ documentId, provider, ...dialog }: IdsDialogProps) {
  const revision = useSyncExternalStore(provider.onStatusChange, () => newestRevision(provider));
  const { heading, description, document, revision: revisionLabel, noRevision } = words.dialog;
  return (
    <SheetDialog title={heading} description={description} {...dialog}>
      <dl className="flex flex-col gap-3 pb-2">
        <div>
          <dt className="text-ink-soft text-sm">{document}</dt>
          <dd>
            <IdLine id={documentId} />
          </dd>
        </div>
        <div>
          <dt className="text-ink-soft text-sm">{revisionLabel}</dt>
          <dd>
            {revision === 0n ? (
              <span className="text-sm">{noRevision}</span>
            ) : (
              <IdLine id={String(revision)} />
            )}
          </dd>
        </div>
      </dl>
    </SheetDialog>
  );
}

/** What this client knows of its own or of an earlier visit; 0n if nothing. */
function newestRevision({ durableRevision, resumePoint }: IdsDialogProps["provider"]): bigint {
  const resumed = resumePoint?.revision ?? 0n;
  return resumed > durableRevision ? resumed : durableRevision;
}

function IdLine({ id }: { readonly id: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-1">
      {/* On a phone it has the line to itself, whichever its length: the buttons of all are below each other. */}
      <span className="min-w-0 grow basis-full break-all font-mono text-sm sm:basis-0">{id}</span>
      <CopyButton
        text={id}
        label={words.copy(id)}
        said={{ copied: words.copied, refused: words.notCopied }}
      />
      <Link
        href={`/ids?id=${id}`}
        aria-label={words.explainOne(id)}
        className="inline-flex h-9 items-center rounded-control px-2.5 text-sm underline underline-offset-2 hover:bg-hover pointer-coarse:h-11"
      >
        {words.dialog.explain}
      </Link>
    </span>
  );
}
