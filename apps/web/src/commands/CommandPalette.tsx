import { useDeferredValue, useState } from "react";
import { Queries } from "../api/queries";
import { isMac } from "../ui/is-mac";
import { PickerDialog, type PickerItem } from "../ui/PickerDialog";
import { Shortcut } from "../ui/Shortcut";
import { strings } from "../ui/strings";
import type { PageCommand } from "./command";
import { shownKeys } from "./shown-keys";
import { useFoundDocuments } from "./useFoundDocuments";

export interface CommandPaletteProps {
  readonly commands: readonly PageCommand[];
  /** The document that is open needs no opening. */
  readonly documentId?: string;
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
  const { commands, documentId, onOpen, ...dialog } = props;
  const [search, setSearch] = useState("");
  const documents = useFoundDocuments(useDeferredValue(search.trim()));
  const item = (command: PageCommand): PickerItem => {
    const [shown] = shownKeys(command, isMac());
    return {
      id: command.id,
      label: strings.commands.titles[command.id],
      keywords: [strings.commands.groups[command.group]],
      detail: shown === undefined ? undefined : <Shortcut keys={shown} />,
      onChoose: command.run,
    };
  };
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
        // The palette itself is open.
        { heading: strings.palette.commands, items: commands.filter(({ id }) => id !== "palette").map(item) },
        { heading: strings.palette.documents, items: found },
      ]}
      onSearch={setSearch}
      {...dialog}
    />
  );
}
