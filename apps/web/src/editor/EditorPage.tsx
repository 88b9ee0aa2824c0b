import { openSearchPanel } from "@codemirror/search";
import type { EditorView } from "@codemirror/view";
import { CloseCode } from "@scriptorium/protocol";
import { useMemo, useState } from "react";
import { useHistoryState } from "wouter/use-browser-location";
import type { DocumentSession } from "../collaboration/document-session";
import { Participants } from "../collaboration/Participants";
import { SaveStatus } from "../collaboration/SaveStatus";
import { useConnectionStatus } from "../collaboration/useConnectionStatus";
import { useDocumentSettings } from "../collaboration/useDocumentSettings";
import { useLocalPerson } from "../collaboration/useLocalPerson";
import { useParticipants } from "../collaboration/useParticipants";
import { usePermission } from "../collaboration/usePermission";
import { useSessionState } from "../collaboration/useSessionState";
import { isProse } from "../languages/prose";
import { useDocumentLanguage } from "../languages/useDocumentLanguage";
import { useLanguageSupport } from "../languages/useLanguageSupport";
import { downloadText } from "../ui/download-text";
import { strings } from "../ui/strings";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import { ClosedBanner } from "./ClosedBanner";
import { contentGuess } from "./content-guess";
import { documentConfiguration } from "./document-configuration";
import { type EditorDialog, EditorDialogs } from "./EditorDialogs";
import { EditorFrame } from "./EditorFrame";
import { EditorSurface } from "./EditorSurface";
import { indentStyleOf } from "./indent-style";
import { MoreMenu } from "./MoreMenu";
import { NoText } from "./NoText";
import { pageState } from "./page-state";
import { ReadOnlyBanner } from "./ReadOnlyBanner";
import { SaveToast } from "./SaveToast";
import { SetAsideBanner } from "./SetAsideBanner";
import { ShareButton } from "./ShareButton";
import { StatusLine } from "./StatusLine";
import { TitleField } from "./TitleField";
import { useBrief } from "./useBrief";
import { useTitle } from "./useTitle";

/** One document, open. */
export function EditorPage({ session }: { readonly session: DocumentSession }) {
  const { provider, text } = session;
  const { ready, keepsCopy } = useSessionState(session);
  const status = useConnectionStatus(provider);
  const permission = usePermission(provider);
  const { title, initialLanguage, unknownToApi, rename, renameError } = useTitle(session);
  const [person, renamePerson] = useLocalPerson();
  const participants = useParticipants(provider.awareness, person);
  const created = useHistoryState<{ created?: boolean } | null>()?.created === true;
  const [view, setView] = useState<EditorView>();
  const [dialog, setDialog] = useState<EditorDialog>();
  const settings = useDocumentSettings(session.settings);
  const [language, onGuess] = useDocumentLanguage(session, {
    chosen: settings.language,
    initial: initialLanguage,
    title,
    ready,
  });
  const support = useLanguageSupport(language);
  const prose = language === undefined || isProse(language);
  const configuration = useMemo(
    () => [documentConfiguration(support, prose, settings), contentGuess(onGuess)],
    [support, prose, settings, onGuess],
  );
  const [saveToast, showSaveToast] = useBrief(2000);
  // On a touch screen the keyboard would cover the text that the reader came for.
  const [toText, setToText] = useState(() => !created && window.matchMedia("(hover: hover)").matches);
  const page = pageState({ ready, status, unknownToApi });
  const late = useLate(page === "loading");
  const name = title === undefined || title === "" ? strings.untitled : title;
  usePageTitle(title === undefined ? undefined : name);

  if (page !== "writing" && page !== "loading") return <NoText page={page} status={status} />;

  const download = () => downloadText(text.toString(), name);
  return (
    <EditorFrame
      title={
        <TitleField
          title={title}
          error={renameError}
          autoFocus={created && title === ""}
          onRename={rename}
          onFocus={() => setToText(false)}
          onDone={() => {
            setToText(true);
            view?.focus();
          }}
        />
      }
      status={
        <SaveStatus status={status} caution={keepsCopy === false ? strings.status.hint.noCopy : undefined} />
      }
      actions={
        <>
          <Participants participants={participants} onRename={renamePerson} />
          <ShareButton />
          <MoreMenu onFind={() => view && openSearchPanel(view)} onDownload={download} />
        </>
      }
      banner={
        <>
          <SetAsideBanner copies={session.setAside} onDone={() => view?.focus()} />
          {permission.access === "read" && <ReadOnlyBanner reason={permission.reason} />}
          {/* After a restore the visit starts afresh, in a moment. */}
          {status.state === "closed" && status.code !== CloseCode.staleEpoch && (
            <ClosedBanner
              status={status}
              getText={() => text.toString()}
              onDownload={download}
              onReconnect={() => {
                // Undoing keeps the text for a redo, and a replica hands over what it keeps; a new page holds only what is left.
                if (status.code === CloseCode.tooLarge && keepsCopy) window.location.reload();
                else provider.connect();
              }}
            />
          )}
        </>
      }
      footer={
        language !== undefined && (
          <StatusLine
            language={language}
            indent={indentStyleOf(settings)}
            mayWrite={permission.access === "write"}
            onLanguage={() => setDialog("language")}
            onIndent={() => setDialog("indent")}
          />
        )
      }
    >
      <h1 className="sr-only">{name}</h1>
      {page === "writing" && language !== undefined && (
        <EditorSurface
          session={session}
          mayWrite={permission.access === "write"}
          configuration={configuration}
          autoFocus={toText}
          onSaveRequest={showSaveToast}
          onView={setView}
        />
      )}
      {late && <p className="mx-auto max-w-[calc(72ch+4rem)] p-8 text-ink-faint">{strings.editor.loading}</p>}
      <SaveToast shown={saveToast} />
      {language !== undefined && (
        <EditorDialogs
          open={dialog}
          settings={session.settings}
          language={language}
          onClose={() => setDialog(undefined)}
          focusText={() => view?.focus()}
        />
      )}
    </EditorFrame>
  );
}
