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
import { shortcutParts } from "../../commands/shortcut-label";
import { isMac } from "../../ui/is-mac";
import { strings } from "../../ui/strings";
import { type FormatAction, formatActions } from "./format-actions";

const icons: Record<FormatAction["id"], LucideIcon> = {
  bold: Bold,
  italic: Italic,
  strike: Strikethrough,
  code: Code,
  link: Link,
  heading: Heading,
  bullets: List,
  numbers: ListOrdered,
  tasks: ListChecks,
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
      {formatActions.map(({ id, key, run }) => {
        const Icon = icons[id];
        const name = strings.markdown.actions[id];
        return (
          <Toolbar.Button
            key={id}
            aria-label={name}
            title={key === undefined ? name : `${name} (${labelOf(key)})`}
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

function labelOf(key: string): string {
  const mac = isMac();
  return shortcutParts(key, mac).join(mac ? "" : "+");
}
