interface BarProps {
  readonly name: string;
  readonly value: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** One figure of a list, beside others. */
export function Bar({ name, value, share }: BarProps) {
  return (
    <li className="grid grid-cols-[9rem_1fr] items-center gap-x-3 sm:grid-cols-[9rem_1fr_16rem]">
      <span>{name}</span>
      <span aria-hidden className="h-2.5 rounded-full bg-sunken max-sm:hidden">
        <span
          className="block h-full rounded-full bg-ink-soft transition-[width] duration-150"
          style={{ width: `${(share * 100).toFixed(1)}%` }}
        />
      </span>
      <span className="tabular-nums">{value}</span>
    </li>
  );
}
