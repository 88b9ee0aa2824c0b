import { isMac } from "../ui/is-mac";
import { SheetDialog } from "../ui/SheetDialog";
import { Shortcut } from "../ui/Shortcut";
import { strings } from "../ui/strings";
import { allTextCommands } from "./all-text-commands";
import { commandGroups, type PageCommand } from "./command";
import { shownKeys } from "./shown-keys";

interface ShortcutSheetProps {
  readonly commands: readonly PageCommand[];
  readonly isMarkdown: boolean;
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** Every command that has a shortcut. */
export default function ShortcutSheet({ commands, isMarkdown, ...dialog }: ShortcutSheetProps) {
  const mac = isMac();
  const withKeys = [...commands, ...allTextCommands(isMarkdown)].filter(
    (command) => shownKeys(command, mac).length > 0,
  );
  const groups = commandGroups.filter((group) => withKeys.some((command) => command.group === group));
  return (
    <SheetDialog title={strings.shortcuts.heading} description={strings.shortcuts.leaveTheText} {...dialog}>
      {groups.map((group) => (
        <section key={group} className="pb-4">
          <h3 className="pb-1 font-medium text-ink-faint text-xs">{strings.commands.groups[group]}</h3>
          <dl>
            {withKeys
              .filter((command) => command.group === group)
              .map((command) => (
                <div
                  key={command.id}
                  className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 border-line border-b text-sm last:border-0"
                >
                  <dt>{strings.commands.titles[command.id]}</dt>
                  <dd className="flex flex-wrap items-center gap-2 text-ink-faint text-xs">
                    {shownKeys(command, mac).map((keys, index) => (
                      <span key={keys} className="flex items-center gap-2">
                        {index > 0 && strings.shortcuts.or}
                        <Shortcut keys={keys} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </SheetDialog>
  );
}
