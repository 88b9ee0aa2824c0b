import { Code, FileText, Hash, type LucideIcon, Printer } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { MenuHeading, MenuItem, MenuSeparator } from "../../ui/Menu";
import { strings } from "../../ui/strings";
import { ExportFailed } from "./ExportFailed";
import { ExportError } from "./export-error";
import { type ExportFormat, exportFormats } from "./export-format";
import { withAllParts } from "./with-all-parts";

const icons: Record<ExportFormat, LucideIcon> = {
  markdown: Hash,
  html: Code,
  text: FileText,
  print: Printer,
};

export interface ExportItemsProps {
  readonly getText: () => string;
  /** Of the document. */
  readonly title: string;
  /** Hands over the text as it is. */
  readonly onDownload: () => void;
  /** Shows words about the export above the text, or undefined in their place. */
  readonly onNotice: (notice: ReactNode) => void;
}

/** What a Markdown text can leave as, within a menu. */
export function ExportItems({ getText, title, onDownload, onNotice }: ExportItemsProps) {
  const exportAs = async (format: ExportFormat) => {
    onNotice(undefined);
    try {
      const { exportDocument } = await withAllParts(() => import("./export-document"));
      await exportDocument(format, getText(), title);
    } catch (error) {
      onNotice(
        <ExportFailed
          format={format}
          isPartMissing={error instanceof ExportError}
          onDownload={onDownload}
          onClose={() => onNotice(undefined)}
        />,
      );
    }
  };
  return (
    <>
      <MenuSeparator />
      <DropdownMenu.Group>
        <MenuHeading>{strings.markdown.exportAs}</MenuHeading>
        {exportFormats.map((format) => (
          <MenuItem key={format} icon={icons[format]} onSelect={() => void exportAs(format)}>
            {strings.markdown.formats[format]}
          </MenuItem>
        ))}
      </DropdownMenu.Group>
    </>
  );
}
