import type { EditorView } from "@codemirror/view";
import {
  Bold,
  Code,
  Heading,
  Italic,
  Link,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Quote,
  SquareCode,
  Strikethrough,
  Table,
} from "lucide-react";
import { Toolbar } from "radix-ui";
import type { TextCommand } from "../../commands/command";
import { shortcutParts } from "../../commands/shortcut-label";
import { shownKeys } from "../../commands/shown-keys";
import { isMac } from "../../ui/is-mac";
import { strings } from "../../ui/strings";
import { markdownCommands } from "./markdown-commands";

/** What has none is in the palette alone. */
const icons: Readonly<Record<(typeof markdownCommands)[number]["id"], LucideIcon | undefined>> = {
  bold: Bold,
  italic: Italic,
  strike: Strikethrough,
  code: Code,
  link: Link,
  heading: Heading,
  bullets: List,
  numbers: ListOrdered,
  tasks: ListChecks,
  tickTasks: undefined,
  quote: Quote,
  table: Table,
  codeBlock: SquareCode,
};

/** What can be done to the text, at a touch. One stop for the Tab key; the arrow keys go on. */
export default function FormatToolbar({ view }: { readonly view: EditorView }) {
  return (
    <Toolbar.Root
      aria-label={strings.markdown.toolbar}
      className="md-toolbar flex min-w-0 items-center gap-0.5 overflow-x-auto py-1"
    >
      {markdownCommands.map((command) => {
        const { id, run } = command;
        const Icon = icons[id];
        if (Icon === undefined) return null;
        return (
          <Toolbar.Button
            key={id}
            aria-label={strings.commands.titles[id]}
            title={titleOf(command)}
            // The text keeps the focus, and a phone its keyboard.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              run(view);
              view.focus();
            }}
            className="grid size-8 shrink-0 place-items-center rounded-control text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px] pointer-coarse:size-11"
          >
            <Icon aria-hidden size={17} strokeWidth={1.75} />
          </Toolbar.Button>
        );
      })}
    </Toolbar.Root>
  );
}

function titleOf(command: TextCommand): string {
  const mac = isMac();
  const name = strings.commands.titles[command.id];
  const [key] = shownKeys(command, mac);
  return key === undefined ? name : `${name} (${shortcutParts(key, mac).join(mac ? "" : "+")})`;
}
