import type { ComponentProps } from "react";

const looks = {
  primary: "bg-rubric text-on-rubric hover:bg-rubric-hover",
  quiet: "border border-line-strong bg-raised text-ink hover:bg-hover",
} as const;

interface ButtonProps extends ComponentProps<"button"> {
  readonly look?: keyof typeof looks;
}

export function Button({ look = "quiet", className = "", ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex h-9 shrink-0 items-center justify-center gap-2 rounded-control px-3.5 font-medium text-sm whitespace-nowrap transition-colors duration-150 disabled:opacity-60 pointer-coarse:h-11 ${looks[look]} ${className}`}
      {...props}
    />
  );
}
