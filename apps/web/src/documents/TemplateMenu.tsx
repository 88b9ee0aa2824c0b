import { ChevronDown, FileText } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Button } from "../ui/Button";
import { strings } from "../ui/strings";
import { menuItemLook } from "./menu-item-look";
import { templateButtonLook } from "./template-button-look";
import { type Template, templates } from "./templates";

interface TemplateMenuProps {
  readonly onChoose: (template: Template) => void;
}

/** What a new document can begin with. Loaded when it is first asked for; open from the start. */
export default function TemplateMenu({ onChoose }: TemplateMenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>
        <Button
          look="primary"
          aria-label={strings.documents.fromTemplate}
          title={strings.documents.fromTemplate}
          className={templateButtonLook}
        >
          <ChevronDown aria-hidden size={16} strokeWidth={2} />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="float-panel z-50 min-w-52 p-1.5"
        >
          <DropdownMenu.Label className="px-2.5 pt-1 pb-0.5 text-ink-faint text-xs">
            {strings.documents.fromTemplate}
          </DropdownMenu.Label>
          {templates(today()).map((template) => (
            <DropdownMenu.Item key={template.id} className={menuItemLook} onSelect={() => onChoose(template)}>
              <FileText aria-hidden size={16} strokeWidth={1.75} />
              {template.name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** By the calendar of this place. */
function today(): string {
  const now = new Date();
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}
