import type { ComponentProps } from "react";

interface IconButtonProps extends ComponentProps<"button"> {
  readonly label: string;
}

/** A button that shows an icon only; `label` is its name. */
export function IconButton({ label, className = "", ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid size-9 shrink-0 place-items-center rounded-control text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink pointer-coarse:size-11 ${className}`}
      {...props}
    />
  );
}
