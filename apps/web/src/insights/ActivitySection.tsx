import { useId, useState } from "react";
import type { DocumentMetrics } from "../api/document-metrics";
import { useDeviceStore } from "../ui/useDeviceStore";
import { useLate } from "../ui/useLate";
import { ActivityCharts } from "./ActivityCharts";
import { ActivityTable } from "./ActivityTable";
import { formatCount, formatDate } from "./format";
import { keepStep, keepTable, readStep, readsTable } from "./panel-choices";
import { Section } from "./Section";
import { StepSwitch } from "./StepSwitch";
import type { Series, Span } from "./series";
import { columns } from "./series";
import { useActivity } from "./useActivity";
import { words } from "./words";

interface ActivitySectionProps {
  readonly documentId: string;
  readonly isLive: boolean;
  /** Undefined until they are known. */
  readonly totals: DocumentMetrics["totals"] | undefined;
}

/** What happened when: in charts, or in a table. */
export function ActivitySection({ documentId, isLive, totals }: ActivitySectionProps) {
  const store = useDeviceStore();
  const [step, setStep] = useState(() => readStep(store));
  const [asTable, setAsTable] = useState(() => readsTable(store));
  const [span, setSpan] = useState<Span>();
  const { series, problem } = useActivity(documentId, step, { isLive, edits: totals?.edits });
  const isLate = useLate(series === undefined && problem === undefined);
  const tableId = useId();
  const { activity } = words;
  return (
    <Section
      heading={activity.heading}
      help={activity.help}
      tools={
        <StepSwitch
          step={step}
          onChoose={(chosen) => {
            keepStep(store, chosen);
            setStep(chosen);
            setSpan(undefined);
          }}
        />
      }
    >
      {/* As high as the charts, whatever stands in their place. */}
      <div className="min-h-[27rem]">
        {series === undefined ? (
          <p role="status" className="text-ink-soft text-sm">
            {problem ?? (isLate ? words.loading : "")}
          </p>
        ) : isQuiet(series) ? (
          <p className="text-ink-soft text-sm">{activity.nothing[step]}</p>
        ) : asTable ? (
          <ActivityTable series={series} />
        ) : (
          <ActivityCharts series={series} span={span} onSpan={setSpan} />
        )}
      </div>
      {totals !== undefined && totals.since !== null && (
        <p className="mt-2 text-ink-soft text-xs text-pretty tabular-nums">
          {activity.since(formatDate(Date.parse(totals.since)), inAll(totals))}
        </p>
      )}
      <label
        htmlFor={tableId}
        className="mt-2 inline-flex min-h-8 items-center gap-2 text-sm pointer-coarse:min-h-11"
      >
        <input
          id={tableId}
          type="checkbox"
          checked={asTable}
          onChange={({ target }) => {
            keepTable(store, target.checked);
            setAsTable(target.checked);
          }}
          className="size-4 pointer-coarse:size-6"
        />
        {activity.table}
      </label>
    </Section>
  );
}

function inAll({ edits, inserted, deleted, editors }: DocumentMetrics["totals"]): string {
  const { activity } = words;
  return [
    activity.edits(edits),
    activity.changes(formatCount(inserted), formatCount(deleted)),
    activity.editors(editors),
  ].join(" · ");
}

function isQuiet(series: Series): boolean {
  return columns.every((column) => series[column].every((count) => count === 0));
}
