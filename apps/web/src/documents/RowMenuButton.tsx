import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/IconButton";
import { onDemand } from "../ui/on-demand";
import { loadRowMenu } from "./load-row-menu";
import type { RowMenuProps } from "./RowMenu";

const RowMenu = onDemand(loadRowMenu);

interface RowMenuButtonProps extends RowMenuProps {
  /** The menu's code cannot be had. */
  readonly onFailure: () => void;
}

/** Opens a row's menu; its code comes with the first one. */
export function RowMenuButton({ onFailure, ...props }: RowMenuButtonProps) {
  const [isWanted, setWanted] = useState(false);
  const button = (
    <IconButton
      label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
    >
      <Ellipsis aria-hidden size={18} strokeWidth={1.75} />
    </IconButton>
  );
  if (!isWanted) return button;
  return (
    <RowMenu
      {...props}
      whileLoading={button}
      onFailure={() => {
        setWanted(false);
        onFailure();
      }}
    />
  );
}
