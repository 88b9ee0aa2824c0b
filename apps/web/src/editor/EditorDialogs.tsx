import type { LanguageDescription } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import type { DocumentSession } from "../collaboration/document-session";
import { useDocumentSettings } from "../collaboration/useDocumentSettings";
import type { PageCommand } from "../commands/command";
import { markdown } from "../languages/prose";
import type { PreferenceStore } from "../preferences/preference-store";
import type { Preferences } from "../preferences/preferences";
import { onDemand } from "../ui/on-demand";
import { indentStyleOf, settingsOf } from "./indent-style";

// Each is loaded when it is first asked for.
const loadPalette = () => import("./EditorPalette");
const EditorPalette = onDemand(loadPalette);
const ShortcutSheet = onDemand(() => import("../commands/ShortcutSheet"));
const SettingsDialog = onDemand(() => import("../preferences/SettingsDialog"));
const LanguagePicker = onDemand(() => import("../languages/LanguagePicker"));
const IndentPicker = onDemand(() => import("./IndentPicker"));
const InterfaceLanguagePicker = onDemand(() => import("../interface-language/InterfaceLanguagePicker"));
const IdsDialog = onDemand(() => import("../ids/IdsDialog"));
const EditorTags = onDemand(() => import("../tags/EditorTags"));

export type EditorDialog =
  | "palette"
  | "shortcuts"
  | "settings"
  | "language"
  | "indent"
  | "interfaceLanguage"
  | "ids"
  | "tags";

interface EditorDialogsProps {
  readonly open: EditorDialog | undefined;
  readonly session: DocumentSession;
  /** What the document is called. */
  readonly name: string;
  readonly language: LanguageDescription;
  readonly preferences: Preferences;
  readonly preferenceStore: PreferenceStore;
  readonly commands: readonly PageCommand[];
  readonly view: EditorView;
  readonly onClose: () => void;
  /** It could not be loaded. */
  readonly onFailure: () => void;
}

/** What opens over the page, one at a time. */
export default function EditorDialogs(props: EditorDialogsProps) {
  const { open, session, name, language, preferences, preferenceStore, commands, view, onClose, onFailure } =
    props;
  const [wereTagsOpen, setTagsOpen] = useState(false);
  if (open === "tags" && !wereTagsOpen) setTagsOpen(true);
  const isMarkdown = language === markdown;
  const shared = useDocumentSettings(session.replica.settings);
  const [, navigate] = useLocation();
  const dialog = { onClose, onFailure, focusAfter: () => view.focus() };
  useEffect(() => {
    // Who opens it types on at once: what is typed must not go into the text while the palette is on its way.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 1000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {open === "palette" && (
        <EditorPalette
          commands={commands}
          isMarkdown={isMarkdown}
          view={view}
          documentId={session.documentId}
          onOpen={(id) => navigate(`/d/${id}`)}
          {...dialog}
        />
      )}
      {open === "shortcuts" && <ShortcutSheet commands={commands} isMarkdown={isMarkdown} {...dialog} />}
      {open === "settings" && (
        <SettingsDialog preferences={preferences} store={preferenceStore} {...dialog} />
      )}
      {open === "language" && (
        <LanguagePicker
          language={language}
          isChosen={shared.language !== undefined}
          onChoose={(name) => session.replica.settings.change({ language: name })}
          {...dialog}
        />
      )}
      {open === "indent" && (
        <IndentPicker
          style={indentStyleOf(shared)}
          onChoose={(style) => session.replica.settings.change(settingsOf(style))}
          {...dialog}
        />
      )}
      {open === "interfaceLanguage" && <InterfaceLanguagePicker {...dialog} />}
      {open === "ids" && (
        <IdsDialog documentId={session.documentId} provider={session.provider} {...dialog} />
      )}
      {wereTagsOpen && (
        <EditorTags isOpen={open === "tags"} documentId={session.documentId} title={name} {...dialog} />
      )}
    </>
  );
}
