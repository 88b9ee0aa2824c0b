import { useId } from "react";

interface RangeFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** The value in words. */
  readonly shown: string;
  readonly onChange: (value: number) => void;
}

/** One value of a range, by the platform's own control. */
export function RangeField({ label, value, min, max, shown, onChange }: RangeFieldProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 grow basis-0 flex-col gap-1 text-sm">
      <div className="flex justify-between gap-3">
        <label htmlFor={id} className="text-ink-soft">
          {label}
        </label>
        <span aria-hidden className="tabular-nums">
          {shown}
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        value={value}
        aria-valuetext={shown}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="h-6 w-full pointer-coarse:h-11"
      />
    </div>
  );
}
