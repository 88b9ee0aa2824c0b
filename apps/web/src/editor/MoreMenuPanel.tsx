import {
  ChartNoAxesColumn,
  Command,
  Download,
  Fingerprint,
  Keyboard,
  Search,
  SlidersHorizontal,
  Tag,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { ExportItems, type ExportItemsProps } from "../markdown/export/ExportItems";
import { Menu, MenuHeading, MenuItem, MenuSeparator } from "../ui/Menu";
import { menuItemLook } from "../ui/menu-item-look";
import { strings } from "../ui/strings";
import { ThemeIcon } from "../ui/ThemeIcon";
import { themes } from "../ui/theme";
import { useTheme } from "../ui/useTheme";

export interface MoreMenuProps {
  readonly trigger: ReactElement;
  readonly onFind: () => void;
  readonly onDownload: () => void;
  readonly onTags: () => void;
  readonly onIds: () => void;
  readonly onInsights: () => void;
  readonly onPalette: () => void;
  readonly onSettings: () => void;
  readonly onShortcuts: () => void;
  /** For Markdown, which can leave in more than one format. */
  readonly exported?: Omit<ExportItemsProps, "onDownload"> | undefined;
}

/** What else can be done to the document that is open, and the theme. */
export default function MoreMenuPanel(props: MoreMenuProps) {
  const { trigger, onFind, onDownload, onTags, onIds, onInsights, onPalette, onSettings } = props;
  const { onShortcuts, exported } = props;
  const [theme, choose] = useTheme();
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={Search} onSelect={onFind}>
        {strings.editor.find}
      </MenuItem>
      <MenuItem icon={Tag} onSelect={onTags}>
        {strings.tags.edit}
      </MenuItem>
      <MenuItem icon={Fingerprint} onSelect={onIds}>
        {strings.editor.ids}
      </MenuItem>
      <MenuItem icon={ChartNoAxesColumn} onSelect={onInsights} movesFocus>
        {strings.editor.insights}
      </MenuItem>
      {exported === undefined ? (
        <MenuItem icon={Download} onSelect={onDownload}>
          {strings.editor.download}
        </MenuItem>
      ) : (
        <ExportItems {...exported} onDownload={onDownload} />
      )}
      <MenuSeparator />
      <MenuItem icon={Command} onSelect={onPalette}>
        {strings.commands.titles.palette}
      </MenuItem>
      <MenuItem icon={SlidersHorizontal} onSelect={onSettings}>
        {strings.commands.titles.settings}
      </MenuItem>
      <MenuItem icon={Keyboard} onSelect={onShortcuts}>
        {strings.commands.titles.shortcuts}
      </MenuItem>
      <MenuSeparator />
      <MenuHeading>{strings.theme.label}</MenuHeading>
      <DropdownMenu.RadioGroup value={theme}>
        {themes.map((option) => (
          <DropdownMenu.RadioItem
            key={option}
            value={option}
            className={`${menuItemLook} text-ink-soft data-[state=checked]:font-medium data-[state=checked]:text-ink`}
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
    </Menu>
  );
}
