import { languageChoices } from "../interface-language/interface-language";
import { languageName } from "../interface-language/language-name";
import { useLanguageChoice } from "../interface-language/useLanguageChoice";
import { Button } from "../ui/Button";
import { SheetDialog } from "../ui/SheetDialog";
import { strings } from "../ui/strings";
import type { PreferenceStore } from "./preference-store";
import { fontSizes, fonts, keySets, type Preferences, rulers, scopes, switches } from "./preferences";
import { SelectField } from "./SelectField";

const scoped = [
  "wrap",
  "lineNumbers",
  "activeLine",
  "whitespace",
  "completion",
  "brackets",
] as const satisfies readonly (keyof Preferences)[];

interface SettingsDialogProps {
  readonly preferences: Preferences;
  readonly store: PreferenceStore;
  readonly onClose: () => void;
  readonly focusAfter: () => void;
}

/** How this person likes to see and write any text. Every choice is in effect at once. */
export default function SettingsDialog({ preferences, store, ...dialog }: SettingsDialogProps) {
  const { labels, hints } = strings.settings;
  const [language, chooseLanguage] = useLanguageChoice();
  const reset = () => {
    store.reset();
    chooseLanguage("browser");
  };
  return (
    <SheetDialog
      title={strings.settings.heading}
      description={strings.settings.description}
      {...dialog}
      footer={<Button onClick={reset}>{strings.settings.reset}</Button>}
    >
      <SelectField
        label={labels.interfaceLanguage}
        hint={hints.interfaceLanguage}
        value={language}
        options={languageChoices}
        nameOf={languageName}
        onChange={chooseLanguage}
      />
      <SelectField
        label={labels.font}
        hint={hints.font}
        value={preferences.font}
        options={fonts}
        nameOf={(font) => strings.settings.fonts[font]}
        onChange={(font) => store.change({ font })}
      />
      <SelectField
        label={labels.fontSize}
        value={preferences.fontSize}
        options={fontSizes}
        nameOf={strings.settings.pixels}
        onChange={(fontSize) => store.change({ fontSize })}
      />
      {scoped.map((name) => (
        <SelectField
          key={name}
          label={labels[name]}
          value={preferences[name]}
          options={scopes}
          nameOf={(scope) => strings.settings.scopes[scope]}
          onChange={(scope) => store.change({ [name]: scope })}
        />
      ))}
      <SelectField
        label={labels.ruler}
        value={preferences.ruler}
        options={rulers}
        nameOf={strings.settings.columns}
        onChange={(ruler) => store.change({ ruler })}
      />
      <SelectField
        label={labels.keys}
        hint={hints.keys}
        value={preferences.keys}
        options={keySets}
        nameOf={(keys) => strings.settings.keySets[keys]}
        onChange={(keys) => store.change({ keys })}
      />
      <SelectField
        label={labels.announceEdits}
        hint={hints.announceEdits}
        value={preferences.announceEdits}
        options={switches}
        nameOf={(option) => strings.settings.switches[option]}
        onChange={(announceEdits) => store.change({ announceEdits })}
      />
    </SheetDialog>
  );
}
