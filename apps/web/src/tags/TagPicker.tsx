import { tagKey } from "@scriptorium/protocol";
import { useEffect } from "react";
import { PickerDialog } from "../ui/PickerDialog";
import { strings } from "../ui/strings";
import { useTags } from "./useTags";

interface TagPickerProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly onClose: () => void;
  /** The server does not tell which tags there are. */
  readonly onUnreachable: (cause: string) => void;
  readonly focusAfter: () => void;
}

/** Chooses a tag to filter by, or chooses it no longer. Loaded when it is first asked for. */
export default function TagPicker({ chosen, onChange, onUnreachable, ...dialog }: TagPickerProps) {
  const { data, error } = useTags();
  const cause = data === undefined ? error?.message : undefined;
  useEffect(() => {
    if (cause !== undefined) onUnreachable(cause);
  }, [cause, onUnreachable]);
  if (data === undefined) return null;
  const keys = new Set(chosen.map(tagKey));
  const items = data.map(({ tag, documents }) => {
    const isChosen = keys.has(tagKey(tag));
    return {
      id: `tag ${tag}`,
      label: tag,
      current: isChosen,
      detail: <TagCount documents={documents} />,
      onChoose: () =>
        onChange(isChosen ? chosen.filter((other) => tagKey(other) !== tagKey(tag)) : [...chosen, tag]),
    };
  });
  return (
    <PickerDialog
      label={strings.tags.filter}
      placeholder={strings.tags.find}
      groups={[{ items }]}
      {...(data.length === 0 && { nothing: strings.tags.none })}
      {...dialog}
    />
  );
}

function TagCount({ documents }: { readonly documents: number }) {
  return (
    <span className="shrink-0 text-ink-faint text-xs tabular-nums">
      <span aria-hidden>{documents}</span>
      <span className="sr-only">{strings.tags.count(documents)}</span>
    </span>
  );
}
