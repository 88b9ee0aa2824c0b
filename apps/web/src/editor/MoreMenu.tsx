import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/IconButton";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";
import type { MoreMenuProps } from "./MoreMenuPanel";

const MoreMenuPanel = onDemand(() => import("./MoreMenuPanel"));

interface MoreButtonProps extends MoreMenuProps {
  /** The menu could not be loaded. */
  readonly onFailure: () => void;
}

/** The button of the menu; the menu, which brings its own, takes its place when it is first wanted. */
export function MoreMenu({ onFailure, ...menu }: MoreButtonProps) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <IconButton
      label={strings.editor.more}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
      onKeyDown={({ key }) => key === "ArrowDown" && setWanted(true)}
    >
      <Ellipsis aria-hidden size={20} strokeWidth={1.75} />
    </IconButton>
  );
  if (!wanted) return button;
  return (
    <MoreMenuPanel
      {...menu}
      whileLoading={button}
      onFailure={() => {
        setWanted(false);
        onFailure();
      }}
    />
  );
}
