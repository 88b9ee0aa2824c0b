import { Command, Download, Ellipsis, Keyboard, Search, SlidersHorizontal } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { ExportItems } from "../markdown/export/ExportItems";
import type { ExportFormat } from "../markdown/export/export-format";
import { IconButton } from "../ui/IconButton";
import { strings } from "../ui/strings";
import { ThemeIcon } from "../ui/ThemeIcon";
import { themes } from "../ui/theme";
import { useTheme } from "../ui/useTheme";

const itemLook =
  "flex h-9 cursor-default select-none items-center gap-3 rounded-control px-2.5 text-sm outline-none data-[highlighted]:bg-hover pointer-coarse:h-11";

export interface MoreMenuProps {
  readonly onFind: () => void;
  readonly onDownload: () => void;
  readonly onPalette: () => void;
  readonly onSettings: () => void;
  readonly onShortcuts: () => void;
  /** For Markdown, which can leave in more than one format. */
  readonly onExport?: ((format: ExportFormat) => void) | undefined;
}

/** The menu, open as soon as it is there. */
export default function MoreMenuPanel(props: MoreMenuProps) {
  const { onFind, onDownload, onPalette, onSettings, onShortcuts, onExport } = props;
  const [theme, choose] = useTheme();
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>
        <IconButton label={strings.editor.more}>
          <Ellipsis aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="float-panel z-50 min-w-56 p-1.5"
        >
          <DropdownMenu.Item className={itemLook} onSelect={onFind}>
            <Search aria-hidden size={16} strokeWidth={1.75} />
            {strings.editor.find}
          </DropdownMenu.Item>
          {onExport === undefined ? (
            <DropdownMenu.Item className={itemLook} onSelect={onDownload}>
              <Download aria-hidden size={16} strokeWidth={1.75} />
              {strings.editor.download}
            </DropdownMenu.Item>
          ) : (
            <ExportItems look={itemLook} onExport={onExport} />
          )}
          <DropdownMenu.Separator className="my-1.5 border-line border-t" />
          <DropdownMenu.Item className={itemLook} onSelect={onPalette}>
            <Command aria-hidden size={16} strokeWidth={1.75} />
            {strings.commands.titles.palette}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={itemLook} onSelect={onSettings}>
            <SlidersHorizontal aria-hidden size={16} strokeWidth={1.75} />
            {strings.commands.titles.settings}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={itemLook} onSelect={onShortcuts}>
            <Keyboard aria-hidden size={16} strokeWidth={1.75} />
            {strings.commands.titles.shortcuts}
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1.5 border-line border-t" />
          <DropdownMenu.Label className="px-2.5 pt-1 pb-0.5 text-ink-faint text-xs">
            {strings.theme.label}
          </DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={theme}>
            {themes.map((option) => (
              <DropdownMenu.RadioItem
                key={option}
                value={option}
                className={`${itemLook} text-ink-soft data-[state=checked]:font-medium data-[state=checked]:text-ink`}
                onSelect={(event) => {
                  event.preventDefault();
                  choose(option);
                }}
              >
                <ThemeIcon theme={option} />
                <span className="grow">{strings.theme[option]}</span>
                <DropdownMenu.ItemIndicator className="size-1.5 rounded-full bg-ink" />
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
