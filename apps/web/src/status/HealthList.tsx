import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useId } from "react";
import type { HealthCheck } from "../api/get-status";
import { formatFigure } from "./format-figure";
import { words } from "./words";

const icons = { good: CircleCheck, warning: TriangleAlert, bad: CircleAlert } as const;
const units = { disk: "bytes", damage: "count", log: "count" } as const;

interface CheckWords {
  readonly name: string;
  readonly good: (value: string) => string;
  readonly warning: (value: string) => string;
  readonly bad: (value: string) => string;
}

/** What is in order and what is not, in words, and what to do about it. */
export function HealthList({ checks }: { readonly checks: readonly HealthCheck[] }) {
  const heading = useId();
  const { health } = words;
  const known: Readonly<Record<string, CheckWords>> = health.checks;
  const wrong = checks.filter(({ state }) => state !== "good").length;
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3">
      <h2 id={heading} className="font-semibold text-lg">
        {health.heading}
      </h2>
      <p role="status">{wrong === 0 ? health.allGood : health.attention(wrong)}</p>
      <ul className="grid gap-x-12 gap-y-2 lg:grid-cols-2">
        {checks.map((check) => {
          const { name, state } = check;
          const Icon = icons[state];
          const told = known[name];
          return (
            <li key={name} className={`flex gap-2.5 ${state === "good" ? "" : "text-warn"}`}>
              <Icon aria-hidden size={18} strokeWidth={1.75} className="mt-0.5 shrink-0" />
              <span className="text-pretty">
                <span className="sr-only">{health.states[state]}: </span>
                <span className="font-medium">{told?.name ?? name}:</span> {told?.[state](shownValue(check))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function shownValue({ name, value }: HealthCheck): string {
  const unit: Readonly<Record<string, "bytes" | "count">> = units;
  return formatFigure(value, unit[name] ?? "seconds");
}
