import { Ellipsis } from "lucide-react";
import { IconButton } from "../ui/IconButton";
import { MenuButton } from "../ui/MenuButton";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";
import type { MoreMenuProps } from "./MoreMenuPanel";

const MoreMenuPanel = onDemand(() => import("./MoreMenuPanel"));

interface MoreButtonProps extends Omit<MoreMenuProps, "trigger"> {
  /** The menu could not be loaded. */
  readonly onFailure: () => void;
}

/** What else can be done to the document that is open; loaded when it is first wanted. */
export function MoreMenu({ onFailure, ...menu }: MoreButtonProps) {
  return (
    <MenuButton
      button={(opens) => (
        <IconButton label={strings.editor.more} {...opens}>
          <Ellipsis aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      )}
      menu={(open) => <MoreMenuPanel {...menu} {...open} />}
      onFailure={onFailure}
    />
  );
}
