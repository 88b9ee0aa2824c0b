import { ChevronDown } from "lucide-react";
import { Button } from "../ui/Button";
import { MenuButton } from "../ui/MenuButton";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";
import type { Template } from "./templates/template";

const TemplateMenu = onDemand(() => import("./TemplateMenu"));

interface TemplateButtonProps {
  readonly onChoose: (template: Template) => void;
  /** The menu's code cannot be had. */
  readonly onFailure: () => void;
}

/** Opens the menu of templates; its code comes when it is first opened. */
export function TemplateButton({ onChoose, onFailure }: TemplateButtonProps) {
  return (
    <MenuButton
      button={(opens) => (
        <Button
          look="primary"
          aria-label={strings.documents.fromTemplate}
          title={strings.documents.fromTemplate}
          className="w-9 rounded-l-none border-paper/30 border-l px-0! pointer-coarse:w-11"
          {...opens}
        >
          <ChevronDown aria-hidden size={16} strokeWidth={2} />
        </Button>
      )}
      menu={(open) => <TemplateMenu onChoose={onChoose} {...open} />}
      onFailure={onFailure}
    />
  );
}
