import { Code, FileText, Hash, type LucideIcon, Printer } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { strings } from "../../ui/strings";
import { type ExportFormat, exportFormats } from "./export-format";

const icons: Record<ExportFormat, LucideIcon> = {
  markdown: Hash,
  html: Code,
  text: FileText,
  print: Printer,
};

interface ExportItemsProps {
  /** Class names of the menu's items. */
  readonly look: string;
  readonly onExport: (format: ExportFormat) => void;
}

/** What a Markdown text can leave as, within a menu. */
export function ExportItems({ look, onExport }: ExportItemsProps) {
  return (
    <>
      <DropdownMenu.Separator className="my-1.5 border-line border-t" />
      <DropdownMenu.Group>
        <DropdownMenu.Label className="px-2.5 pt-1 pb-0.5 text-ink-faint text-xs">
          {strings.markdown.exportAs}
        </DropdownMenu.Label>
        {exportFormats.map((format) => {
          const Icon = icons[format];
          return (
            <DropdownMenu.Item key={format} className={look} onSelect={() => onExport(format)}>
              <Icon aria-hidden size={16} strokeWidth={1.75} />
              {strings.markdown.formats[format]}
            </DropdownMenu.Item>
          );
        })}
      </DropdownMenu.Group>
    </>
  );
}
