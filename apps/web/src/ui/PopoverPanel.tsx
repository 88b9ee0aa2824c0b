import { Popover } from "radix-ui";
import type { ReactNode, RefObject } from "react";

interface PopoverPanelProps {
  /** What it stands beside, and what Escape leads back to. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly align: "start" | "end";
  readonly className: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A panel over the page, for as long as it is rendered. */
export default function PopoverPanel(props: PopoverPanelProps) {
  const { anchor, label, align, className, onClose, children } = props;
  return (
    <Popover.Root open onOpenChange={(open) => open || onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          aria-label={label}
          className={`float-panel z-50 ${className}`}
          onEscapeKeyDown={() => anchor.current?.focus()}
          onInteractOutside={(event) => {
            // The button itself closes what it has opened.
            if (event.target instanceof Node && anchor.current?.contains(event.target))
              event.preventDefault();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
