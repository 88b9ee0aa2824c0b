import type { LanguageDescription } from "@codemirror/language";
import { PickerDialog, type PickerItem } from "../ui/PickerDialog";
import { strings } from "../ui/strings";
import { languageLabel } from "./language-label";
import { languages } from "./languages";

interface LanguagePickerProps {
  /** The language that the document is in. */
  readonly language: LanguageDescription;
  /** Whether somebody chose it, rather than that it was guessed. */
  readonly isChosen: boolean;
  /** Undefined: guess it. */
  readonly onChoose: (name: string | undefined) => void;
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** Chooses the language that a document is in, for everybody. */
export default function LanguagePicker({ language, isChosen, onChoose, ...dialog }: LanguagePickerProps) {
  const guessed: PickerItem = {
    id: strings.language.guess,
    label: strings.language.guess,
    current: !isChosen,
    onChoose: () => onChoose(undefined),
  };
  const byLabel = new Intl.Collator(strings.locale);
  const named = languages
    .map((option): PickerItem => {
      const { name, alias, extensions } = option;
      return {
        id: name,
        label: languageLabel(option),
        keywords: [...alias, ...extensions],
        current: isChosen && name === language.name,
        onChoose: () => onChoose(name),
      };
    })
    .sort((a, b) => byLabel.compare(a.label, b.label));
  return (
    <PickerDialog
      label={strings.language.choose}
      placeholder={strings.language.search}
      groups={[{ items: [guessed, ...named] }]}
      {...dialog}
    />
  );
}
