import type { EditorView } from "@codemirror/view";
import { allTextCommands } from "../commands/all-text-commands";
import CommandPalette, { type CommandPaletteProps } from "../commands/CommandPalette";

interface EditorPaletteProps extends CommandPaletteProps {
  readonly isMarkdown: boolean;
  /** Undefined while there is no text. */
  readonly view: EditorView | undefined;
}

/** The palette beside a text: what can be done to that, too. */
export default function EditorPalette({ commands, isMarkdown, view, ...palette }: EditorPaletteProps) {
  const forText = view === undefined ? [] : allTextCommands(isMarkdown);
  const inText = forText.map((command) => ({ ...command, run: () => void (view && command.run(view)) }));
  return <CommandPalette commands={[...commands, ...inText]} {...palette} />;
}
