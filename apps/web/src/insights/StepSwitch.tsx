import { useId } from "react";
import { type ActivityStep, activitySteps } from "../api/document-metrics";
import { words } from "./words";

interface StepSwitchProps {
  readonly step: ActivityStep;
  readonly onChoose: (step: ActivityStep) => void;
}

/** A bar for each minute, hour or day. */
export function StepSwitch({ step, onChoose }: StepSwitchProps) {
  const name = useId();
  return (
    <fieldset aria-label={words.activity.step} className="flex gap-0.5">
      {activitySteps.map((option) => (
        <label
          key={option}
          className="relative flex h-8 items-center rounded-control px-2 text-ink-soft text-sm transition-colors duration-150 hover:bg-hover hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 pointer-coarse:h-11 pointer-coarse:px-3"
        >
          <input
            type="radio"
            name={name}
            checked={option === step}
            onChange={() => onChoose(option)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {words.activity.steps[option]}
        </label>
      ))}
    </fieldset>
  );
}
