import type { ServerStatus } from "../api/get-status";
import { relativeTime } from "../documents/relative-time";
import { strings } from "../ui/strings";
import { BusiestDocuments } from "./BusiestDocuments";
import { FigureGroup } from "./FigureGroup";
import { formatFigure } from "./format-figure";
import { HealthList } from "./HealthList";
import { words } from "./words";

interface StatusBodyProps {
  readonly status: ServerStatus;
  /** Whether the server does not answer any more. */
  readonly isStale: boolean;
}

/** All that the server has told of itself. */
export function StatusBody({ status, isStale }: StatusBodyProps) {
  const { version, nodeVersion, node, startedAt, now, health, groups, editorsError, busiest } = status;
  const durabilities: Readonly<Record<string, string>> = words.durability;
  const facts = [
    words.running(version, nodeVersion),
    words.since(relativeTime(Date.parse(startedAt), Date.parse(now))),
    words.snowflake(node),
    durabilities[status.durability] ?? status.durability,
  ];
  const notes: Readonly<Record<string, string>> = {
    ...words.about,
    users: editorsError === null ? "" : words.about.users(formatFigure(editorsError, "ratio")),
  };
  return (
    <>
      {isStale && (
        <p role="alert" className="rounded-control bg-warn-paper px-4 py-3 text-warn">
          {words.stale(new Date(now).toLocaleTimeString(strings.locale))}
        </p>
      )}
      <div className="flex flex-col gap-4">
        <HealthList checks={health} />
        <p className="text-ink-soft text-sm text-pretty">{facts.join(" · ")}</p>
      </div>
      {groups.length === 0 && <p>{words.nothing}</p>}
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
        {groups.map((group) => (
          <FigureGroup key={group.name} group={group} note={notes[group.name]} />
        ))}
      </div>
      {busiest !== null && <BusiestDocuments busiest={busiest} />}
    </>
  );
}
