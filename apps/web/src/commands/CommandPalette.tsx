import type { EditorView } from "@codemirror/view";
import { useDeferredValue, useState } from "react";
import { Queries } from "../api/queries";
import { isMac } from "../ui/is-mac";
import { PickerDialog, type PickerItem } from "../ui/PickerDialog";
import { Shortcut } from "../ui/Shortcut";
import { strings } from "../ui/strings";
import type { PageCommand, TextCommand } from "./command";
import { shownKeys } from "./shown-keys";
import { useFoundDocuments } from "./useFoundDocuments";

interface CommandPaletteProps {
  readonly pageCommands: readonly PageCommand[];
  readonly textCommands: readonly TextCommand[];
  /** Undefined while there is no text. */
  readonly view: EditorView | undefined;
  /** The document that is open needs no opening. */
  readonly documentId: string;
  readonly onOpen: (documentId: string) => void;
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** Every command and every document, by a few letters. */
export default function CommandPalette(props: CommandPaletteProps) {
  return (
    <Queries>
      <Palette {...props} />
    </Queries>
  );
}

function Palette(props: CommandPaletteProps) {
  const { pageCommands, textCommands, view, documentId, onOpen, ...dialog } = props;
  const [search, setSearch] = useState("");
  const documents = useFoundDocuments(useDeferredValue(search.trim()));
  const item = (command: TextCommand | PageCommand, onChoose: () => void): PickerItem => {
    const [shown] = shownKeys(command, isMac());
    return {
      id: command.id,
      label: strings.commands.titles[command.id],
      keywords: [strings.commands.groups[command.group]],
      detail: shown === undefined ? undefined : <Shortcut keys={shown} />,
      onChoose,
    };
  };
  const commands = [
    // The palette itself is open.
    ...pageCommands.filter(({ id }) => id !== "palette").map((command) => item(command, command.run)),
    ...(view === undefined ? [] : textCommands.map((command) => item(command, () => command.run(view)))),
  ];
  const found = documents
    .filter(({ id }) => id !== documentId)
    .map(({ id, title, excerpt }) => ({
      id: `document ${id}`,
      label: title === "" ? strings.untitled : title,
      // What the server found in the text counts as found, whatever the title is.
      ...(excerpt !== undefined && {
        keywords: [search],
        detail: <span className="w-1/2 shrink-0 truncate text-ink-faint text-xs">{excerpt}</span>,
      }),
      onChoose: () => onOpen(id),
    }));
  return (
    <PickerDialog
      label={strings.palette.label}
      placeholder={strings.palette.search}
      groups={[
        { heading: strings.palette.commands, items: commands },
        { heading: strings.palette.documents, items: found },
      ]}
      onSearch={setSearch}
      {...dialog}
    />
  );
}
