import { X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import type { Person } from "../collaboration/person";
import { useOutage } from "../collaboration/useOutage";
import { IconButton } from "../ui/IconButton";
import { useLate } from "../ui/useLate";
import { ActivitySection } from "./ActivitySection";
import { AuthorsTable } from "./AuthorsTable";
import { formatClock } from "./format";
import type { MetricsState } from "./metrics-feed";
import { NowSection } from "./NowSection";
import { SavingSection } from "./SavingSection";
import { Section } from "./Section";
import { StorageSection } from "./StorageSection";
import { TextSection } from "./TextSection";
import { useMetrics } from "./useMetrics";
import { usePeopleHere } from "./usePeopleHere";
import { VisitsSection } from "./VisitsSection";
import { words } from "./words";

interface InsightsPanelProps {
  readonly session: DocumentSession;
  readonly self: Person;
  /** Whether it takes the focus once it is there. */
  readonly autoFocus: boolean;
  readonly onClose: () => void;
}

/** What there is to know about the document that is open, beside it. Escape closes. */
export default function InsightsPanel({ session, self, autoFocus, onClose }: InsightsPanelProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (autoFocus) panel.current?.focus();
  }, [autoFocus]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={words.heading}
      onKeyDown={onKeyDown}
      className="absolute inset-0 z-30 flex flex-col border-line bg-paper outline-none min-[64rem]:static min-[64rem]:w-104 min-[64rem]:shrink-0 min-[64rem]:border-l print:hidden"
    >
      <header className="flex h-11 shrink-0 items-center justify-between gap-2 pr-2 pl-4 pointer-coarse:h-13">
        <h2 className="truncate font-semibold text-sm">{words.heading}</h2>
        <IconButton label={words.close} className="size-8" onClick={onClose}>
          <X aria-hidden size={17} strokeWidth={1.75} />
        </IconButton>
      </header>
      {session.isDraft ? (
        <p className="px-4 py-2 text-ink-soft text-sm">{words.draft}</p>
      ) : (
        <Live session={session} self={self} />
      )}
    </aside>
  );
}

function Live({ session, self }: Pick<InsightsPanelProps, "session" | "self">) {
  const { documentId, provider } = session;
  const isReachable = useOutage(provider) === undefined;
  const state = useMetrics(documentId, isReachable);
  const people = usePeopleHere(provider.awareness, self);
  const { metrics, isLive } = state;
  return (
    <div className="min-h-0 grow overflow-y-auto overscroll-contain">
      <Liveness {...state} />
      {metrics !== undefined && (
        <>
          <TextSection {...metrics} />
          <NowSection {...metrics} people={people.length} />
        </>
      )}
      <ActivitySection documentId={documentId} isLive={isLive} totals={metrics?.totals} />
      {metrics !== undefined && (
        <>
          <Section heading={words.authors.heading} help={words.authors.help}>
            <AuthorsTable authors={metrics.authors} othersCount={metrics.othersCount} people={people} />
          </Section>
          <SavingSection {...metrics} />
          <StorageSection {...metrics} />
          <VisitsSection {...metrics} />
        </>
      )}
    </div>
  );
}

/** Whether the figures are those of now. Quiet as long as they are. */
function Liveness({ metrics, isLive, problem }: MetricsState) {
  // A connection that is back in a moment is nobody's business.
  const isStale = useLate(!isLive, 1500);
  const text = () => {
    if (problem !== undefined) return problem;
    if (!isStale) return isLive ? words.live : "";
    return metrics === undefined ? words.loading : words.notLive(formatClock(Date.parse(metrics.at)));
  };
  const said = text();
  return (
    <p
      role="status"
      data-testid="liveness"
      className={`min-h-7 px-4 pb-2 text-xs ${said === words.live || said === "" ? "text-ink-soft" : "text-warn"}`}
    >
      {said}
    </p>
  );
}
