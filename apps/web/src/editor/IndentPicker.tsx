import { PickerDialog } from "../ui/PickerDialog";
import { strings } from "../ui/strings";
import type { IndentStyle } from "./indent-style";

const widths = [2, 3, 4, 8];
const styles: readonly IndentStyle[] = [false, true].flatMap((tabs) =>
  widths.map((width) => ({ tabs, width })),
);

interface IndentPickerProps {
  readonly style: IndentStyle;
  readonly onChoose: (style: IndentStyle) => void;
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** Chooses how a document is indented, for everybody. */
export default function IndentPicker({ style, onChoose, ...dialog }: IndentPickerProps) {
  const items = styles.map((option) => ({
    id: strings.indent.name(option),
    label: strings.indent.name(option),
    current: option.tabs === style.tabs && option.width === style.width,
    onChoose: () => onChoose(option),
  }));
  return (
    <PickerDialog
      label={strings.indent.choose}
      placeholder={strings.indent.search}
      groups={[{ items }]}
      {...dialog}
    />
  );
}
