import { FileText } from "lucide-react";
import type { ReactElement } from "react";
import { pageLanguage } from "../interface-language/page-language";
import { Menu, MenuHeading, MenuItem } from "../ui/Menu";
import { strings } from "../ui/strings";
import { templates } from "./templates";
import type { Template } from "./templates/template";

interface TemplateMenuProps {
  readonly trigger: ReactElement;
  readonly onChoose: (template: Template) => void;
}

/** What a new document can begin with. */
export default function TemplateMenu({ trigger, onChoose }: TemplateMenuProps) {
  return (
    <Menu trigger={trigger}>
      <MenuHeading>{strings.documents.fromTemplate}</MenuHeading>
      {templates(pageLanguage, today()).map((template) => (
        <MenuItem key={template.id} icon={FileText} onSelect={() => onChoose(template)}>
          {template.name}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** By the calendar of this place. */
function today(): string {
  const now = new Date();
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}
