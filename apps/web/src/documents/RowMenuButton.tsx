import { Ellipsis } from "lucide-react";
import { IconButton } from "../ui/IconButton";
import { MenuButton } from "../ui/MenuButton";
import { onDemand } from "../ui/on-demand";
import { loadRowMenu } from "./load-row-menu";
import type { RowMenuProps } from "./RowMenu";

const RowMenu = onDemand(loadRowMenu);

interface RowMenuButtonProps extends Omit<RowMenuProps, "trigger"> {
  readonly label: string;
  /** The menu's code cannot be had. */
  readonly onFailure: () => void;
}

/** Opens a row's menu; its code comes with the first one. */
export function RowMenuButton({ label, onFailure, ...props }: RowMenuButtonProps) {
  return (
    <MenuButton
      button={(opens) => (
        <IconButton label={label} {...opens}>
          <Ellipsis aria-hidden size={18} strokeWidth={1.75} />
        </IconButton>
      )}
      menu={(open) => <RowMenu {...props} {...open} />}
      onFailure={onFailure}
    />
  );
}
