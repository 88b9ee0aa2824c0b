import type { ConnectionStatus, ScriptoriumProvider } from "@scriptorium/provider";
import type { Observable } from "../ui/observable";
import { PopoverButton } from "../ui/PopoverButton";
import { strings } from "../ui/strings";
import { useObservable } from "../ui/useObservable";
import { deviceStatus } from "./device-status";
import { StatusAnnouncer } from "./StatusAnnouncer";
import { statusLabel } from "./status-label";
import { useConnectionStatus } from "./useConnectionStatus";

const dots: Record<ConnectionStatus["state"], string> = {
  connecting: "border-ink-faint border-dashed",
  saved: "border-ink-soft bg-ink-soft",
  saving: "border-ink-soft",
  reconnecting: "border-warn border-dashed",
  offline: "border-warn",
  closed: "border-warn bg-warn",
};

interface SaveStatusProps {
  readonly provider: ScriptoriumProvider;
  /** How many edits wait in other tabs of the same document. */
  readonly editsElsewhere: Observable<number>;
  /** What to add to the explanation, where this browser keeps no copy. */
  readonly caution: string | undefined;
}

/** Whether one's words are on the server's disk. Never says so a moment too early. */
export function SaveStatus({ provider, editsElsewhere, caution }: SaveStatusProps) {
  const status = deviceStatus(useConnectionStatus(provider), useObservable(editsElsewhere));
  const { text, hint } = statusLabel(status);
  // These two come and go with every pause in typing: they share one cell, so that nothing moves.
  const reserved = [strings.status.saved, strings.status.saving];
  const warns = status.state === "offline" || status.state === "reconnecting" || status.state === "closed";
  return (
    <>
      {/* Changes with every pause in typing: announced by StatusAnnouncer, and only where it matters. */}
      <div
        role="status"
        aria-live="off"
        aria-label={strings.status.name}
        data-state={status.state}
        className="min-w-0"
      >
        <PopoverButton
          label={strings.status.name}
          title={hint}
          align="start"
          panelClassName="max-w-72 px-3 py-2 text-ink-soft text-sm text-pretty"
          className={`flex h-8 max-w-full cursor-default items-center gap-2 rounded-control px-2 text-[0.8125rem] tabular-nums ${warns ? "font-medium text-warn" : "text-ink-soft"}`}
          face={
            <>
              <span
                aria-hidden
                className={`size-2 shrink-0 rounded-full border-[1.5px] ${dots[status.state]}`}
              />
              <span className="grid min-w-0 justify-items-start">
                {reserved.map((label) => (
                  <span
                    key={label}
                    aria-hidden
                    data-reserve={label}
                    className="invisible col-start-1 row-start-1 h-0 before:content-[attr(data-reserve)]"
                  />
                ))}
                <span className="col-start-1 row-start-1 max-w-full truncate">{text}</span>
              </span>
            </>
          }
        >
          {hint}
          {caution !== undefined && <span className="mt-1 block text-warn">{caution}</span>}
        </PopoverButton>
      </div>
      <StatusAnnouncer status={status} />
    </>
  );
}
