import type { LanguageDescription } from "@codemirror/language";
import { lazy, Suspense } from "react";
import type { SharedSettings } from "../collaboration/document-settings";
import { useDocumentSettings } from "../collaboration/useDocumentSettings";
import { indentStyleOf, settingsOf } from "./indent-style";

// Each is loaded when it is first asked for.
const LanguagePicker = lazy(() => import("../languages/LanguagePicker"));
const IndentPicker = lazy(() => import("./IndentPicker"));

export type EditorDialog = "language" | "indent";

interface EditorDialogsProps {
  readonly open: EditorDialog | undefined;
  readonly settings: SharedSettings;
  readonly language: LanguageDescription;
  readonly onClose: () => void;
  /** Puts the focus into the text. */
  readonly focusText: () => void;
}

/** What opens over the page, one at a time. */
export function EditorDialogs({ open, settings, language, onClose, focusText }: EditorDialogsProps) {
  const shared = useDocumentSettings(settings);
  const dialog = { onClose, focusAfter: focusText };
  return (
    <Suspense>
      {open === "language" && (
        <LanguagePicker
          language={language}
          isChosen={shared.language !== undefined}
          onChoose={(name) => settings.change({ language: name })}
          {...dialog}
        />
      )}
      {open === "indent" && (
        <IndentPicker
          style={indentStyleOf(shared)}
          onChoose={(style) => settings.change(settingsOf(style))}
          {...dialog}
        />
      )}
    </Suspense>
  );
}
