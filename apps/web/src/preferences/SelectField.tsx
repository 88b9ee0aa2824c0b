import { useId } from "react";

interface SelectFieldProps<Value extends string | number> {
  readonly label: string;
  readonly hint?: string;
  readonly value: Value;
  readonly options: readonly Value[];
  readonly nameOf: (option: Value) => string;
  readonly onChange: (value: Value) => void;
}

/** One choice among a few, by the platform's own control. */
export function SelectField<Value extends string | number>(props: SelectFieldProps<Value>) {
  const { label, hint, value, options, nameOf, onChange } = props;
  const id = useId();
  return (
    <div className="flex min-h-12 items-center justify-between gap-4 border-line border-b py-1.5 last:border-0">
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-ink-soft text-xs text-pretty">
            {hint}
          </p>
        )}
      </div>
      <select
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={value}
        onChange={(event) => {
          const chosen = options[event.target.selectedIndex];
          if (chosen !== undefined) onChange(chosen);
        }}
        className="h-9 w-40 shrink-0 rounded-control border border-line-strong bg-raised px-2 text-sm pointer-coarse:h-11 pointer-coarse:text-base"
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {nameOf(option)}
          </option>
        ))}
      </select>
    </div>
  );
}
