import { Code, FileText, Hash, type LucideIcon, Printer } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { MenuHeading, MenuItem, MenuSeparator } from "../../ui/Menu";
import { strings } from "../../ui/strings";
import { type ExportFormat, exportFormats } from "./export-format";

const icons: Record<ExportFormat, LucideIcon> = {
  markdown: Hash,
  html: Code,
  text: FileText,
  print: Printer,
};

/** What a Markdown text can leave as, within a menu. */
export function ExportItems({ onExport }: { readonly onExport: (format: ExportFormat) => void }) {
  return (
    <>
      <MenuSeparator />
      <DropdownMenu.Group>
        <MenuHeading>{strings.markdown.exportAs}</MenuHeading>
        {exportFormats.map((format) => (
          <MenuItem key={format} icon={icons[format]} onSelect={() => onExport(format)}>
            {strings.markdown.formats[format]}
          </MenuItem>
        ))}
      </DropdownMenu.Group>
    </>
  );
}
