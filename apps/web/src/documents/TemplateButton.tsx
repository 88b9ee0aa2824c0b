import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/Button";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";
import { templateButtonLook } from "./template-button-look";
import type { Template } from "./templates";

const TemplateMenu = onDemand(() => import("./TemplateMenu"));

interface TemplateButtonProps {
  readonly onChoose: (template: Template) => void;
  /** The menu's code cannot be had. */
  readonly onFailure: () => void;
}

/** Opens the menu of templates; its code comes when it is first opened. */
export function TemplateButton({ onChoose, onFailure }: TemplateButtonProps) {
  const [isWanted, setWanted] = useState(false);
  const button = (
    <Button
      look="primary"
      aria-label={strings.documents.fromTemplate}
      title={strings.documents.fromTemplate}
      aria-haspopup="menu"
      aria-expanded={false}
      className={templateButtonLook}
      onClick={() => setWanted(true)}
    >
      <ChevronDown aria-hidden size={16} strokeWidth={2} />
    </Button>
  );
  if (!isWanted) return button;
  return (
    <TemplateMenu
      onChoose={onChoose}
      whileLoading={button}
      onFailure={() => {
        setWanted(false);
        onFailure();
      }}
    />
  );
}
