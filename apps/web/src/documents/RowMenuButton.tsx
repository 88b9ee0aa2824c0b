import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { DialogBoundary } from "../editor/DialogBoundary";
import { IconButton } from "../ui/IconButton";
import { loadRowMenu } from "./load-row-menu";
import type { RowMenuProps } from "./RowMenu";

const RowMenu = lazy(loadRowMenu);

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
    <DialogBoundary
      onFailure={() => {
        setWanted(false);
        onFailure();
      }}
    >
      <Suspense fallback={button}>
        <RowMenu {...props} />
      </Suspense>
    </DialogBoundary>
  );
}
