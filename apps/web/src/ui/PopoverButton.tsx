import { type ReactNode, useRef, useState } from "react";
import { onDemand } from "./on-demand";

const PopoverPanel = onDemand(() => import("./PopoverPanel"));

interface PopoverButtonProps {
  /** What the button shows. */
  readonly face: ReactNode;
  readonly title?: string;
  readonly className: string;
  /** The name of what opens. */
  readonly label: string;
  readonly align: "start" | "end";
  readonly panelClassName: string;
  /** What opens. */
  readonly children: ReactNode;
}

/** A button that opens a panel beside it. What places the panel is loaded when it is first wanted. */
export function PopoverButton(props: PopoverButtonProps) {
  const { face, title, className, label, align, panelClassName, children } = props;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        title={title}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-state={open ? "open" : "closed"}
        onClick={() => setOpen(!open)}
        className={className}
      >
        {face}
      </button>
      {open && (
        <PopoverPanel
          anchor={button}
          label={label}
          align={align}
          className={panelClassName}
          onClose={close}
          onFailure={close}
        >
          {children}
        </PopoverPanel>
      )}
    </>
  );
}
