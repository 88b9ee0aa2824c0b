import type { ReactNode } from "react";

interface BannerProps {
  readonly text: string;
  /** `alert` for what cannot wait, `status` for what can. */
  readonly role: "alert" | "status";
  /** What the part of the page is called. */
  readonly name?: string;
  readonly warns?: boolean;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** Says one thing above the text, which goes on. */
export function Banner({ text, role, name, warns = false, children }: BannerProps) {
  return (
    <section
      aria-label={name}
      className={`flex shrink-0 flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line border-b px-4 py-3 sm:px-6 ${warns ? "bg-warn-paper" : "bg-sunken"}`}
    >
      <p role={role} className="max-w-[68ch] text-sm text-pretty">
        {text}
      </p>
      {children !== undefined && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </section>
  );
}
