import { PickerDialog } from "../ui/PickerDialog";
import { strings } from "../ui/strings";
import { languageChoices } from "./interface-language";
import { languageName } from "./language-name";
import { useLanguageChoice } from "./useLanguageChoice";

interface InterfaceLanguagePickerProps {
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** Chooses the language of the interface, on this device. */
export default function InterfaceLanguagePicker(dialog: InterfaceLanguagePickerProps) {
  const [choice, choose] = useLanguageChoice();
  const items = languageChoices.map((option) => ({
    id: option,
    label: languageName(option),
    current: option === choice,
    onChoose: () => choose(option),
  }));
  return (
    <PickerDialog
      label={strings.interfaceLanguage.choose}
      placeholder={strings.interfaceLanguage.search}
      groups={[{ items }]}
      {...dialog}
    />
  );
}
