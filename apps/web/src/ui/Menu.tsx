import type { LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { createContext, type ReactElement, type ReactNode, use, useRef } from "react";
import { menuItemLook } from "./menu-item-look";

/** What the menu around is to do once it is closed and its button has the focus again. */
const AfterClose = createContext<(act: () => void) => void>(() => undefined);

interface MenuProps {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
}

/** A menu, open from the start, and the button that it hangs on. */
export function Menu({ trigger, children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const chosen = useRef<() => void>(undefined);
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger ref={button} asChild>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            const act = chosen.current;
            chosen.current = undefined;
            if (act === undefined) return;
            event.preventDefault();
            button.current?.focus();
            act();
          }}
          className="float-panel z-50 min-w-52 p-1.5"
        >
          <AfterClose
            value={(act) => {
              chosen.current = act;
            }}
          >
            {children}
          </AfterClose>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  readonly icon: LucideIcon;
  readonly onSelect: () => void;
  /** Whether what it does moves the focus, which the menu must have given back by then. */
  readonly movesFocus?: boolean;
  readonly children: ReactNode;
}

export function MenuItem({ icon: Icon, onSelect, movesFocus = false, children }: MenuItemProps) {
  const afterClose = use(AfterClose);
  return (
    <DropdownMenu.Item className={menuItemLook} onSelect={movesFocus ? () => afterClose(onSelect) : onSelect}>
      <Icon aria-hidden size={16} strokeWidth={1.75} />
      {children}
    </DropdownMenu.Item>
  );
}

export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2.5 pt-1 pb-0.5 text-ink-faint text-xs">{children}</DropdownMenu.Label>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1.5 border-line border-t" />;
}
