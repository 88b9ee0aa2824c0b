import { type ReactElement, type ReactNode, useState } from "react";

/** What makes a button one that opens a menu. */
interface OpensMenu {
  readonly "aria-haspopup": "menu";
  readonly "aria-expanded": false;
  readonly onClick: () => void;
  readonly onKeyDown: (event: { readonly key: string }) => void;
}

/** What a menu that is loaded on demand is rendered with. */
export interface OpenMenu {
  /** The button that the menu hangs on, in the menu's hands. */
  readonly trigger: ReactElement;
  readonly whileLoading: ReactNode;
  readonly onFailure: () => void;
}

interface MenuButtonProps {
  /** The button, with what it is given. */
  readonly button: (opens: OpensMenu | Record<string, never>) => ReactElement;
  /** The menu, which takes the button's place when it is first wanted, and is open then. */
  readonly menu: (open: OpenMenu) => ReactNode;
  /** The menu's code cannot be had. */
  readonly onFailure: () => void;
}

/** A button whose menu is loaded when it is first opened. */
export function MenuButton({ button, menu, onFailure }: MenuButtonProps) {
  const [isWanted, setWanted] = useState(false);
  const want = () => setWanted(true);
  const closed = button({
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: want,
    onKeyDown: ({ key }) => key === "ArrowDown" && want(),
  });
  if (!isWanted) return closed;
  return menu({
    trigger: button({}),
    whileLoading: closed,
    onFailure: () => {
      setWanted(false);
      onFailure();
    },
  });
}
