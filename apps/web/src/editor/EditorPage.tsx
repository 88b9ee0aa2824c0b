import type { EditorView } from "@codemirror/view";
import { CloseCode } from "@scriptorium/protocol";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import type { DocumentSession } from "../collaboration/document-session";
import { PeopleHere } from "../collaboration/PeopleHere";
import { SaveStatus } from "../collaboration/SaveStatus";
import { useDocumentSettings } from "../collaboration/useDocumentSettings";
import { useLocalPerson } from "../collaboration/useLocalPerson";
import { useOutage } from "../collaboration/useOutage";
import { usePermission } from "../collaboration/usePermission";
import { useSessionState } from "../collaboration/useSessionState";
import { useSetAsideCopies } from "../collaboration/useSetAsideCopies";
import { usePageCommands } from "../commands/usePageCommands";
import { usePageKeys } from "../commands/usePageKeys";
import { useCreateDocument } from "../documents/useCreateDocument";
import { useInsightsShown } from "../insights/useInsightsShown";
import { markdown } from "../languages/prose";
import { useDocumentLanguage } from "../languages/useDocumentLanguage";
import { MarkdownPanes } from "../markdown/MarkdownPanes";
import type { ViewMode } from "../markdown/view/view-mode";
import { usePreferences } from "../preferences/usePreferences";
import { searchCommand } from "../search/search-command";
import { useTogether } from "../together/useTogether";
import { copyText } from "../ui/copy-text";
import { downloadText } from "../ui/download-text";
import { NotLoaded } from "../ui/NotLoaded";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";
import { nextTheme } from "../ui/theme";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import { useTheme } from "../ui/useTheme";
import { ClosedBanner } from "./ClosedBanner";
import { droppedFiles } from "./dropped-files";
import type { EditorDialog } from "./EditorDialogs";
import { EditorFrame } from "./EditorFrame";
import { EditorSurface } from "./EditorSurface";
import { indentStyleOf } from "./indent-style";
import { MoreMenu } from "./MoreMenu";
import { NoText } from "./NoText";
import { pageState } from "./page-state";
import { ReadOnlyBanner } from "./ReadOnlyBanner";
import { ShareButton } from "./ShareButton";
import { StatusLine } from "./StatusLine";
import { TitleField } from "./TitleField";
import { Toast } from "./Toast";
import { useBrief } from "./useBrief";
import { useConfiguration } from "./useConfiguration";
import { useDraft } from "./useDraft";
import { usePrinting } from "./usePrinting";
import { useStrayFiles } from "./useStrayFiles";
import { useTitle } from "./useTitle";

const EditorDialogs = onDemand(() => import("./EditorDialogs"));
const SetAsideBanner = onDemand(() => import("./SetAsideBanner"));
const InsightsPanel = onDemand(() => import("../insights/InsightsPanel"));

/** One document, open. */
export function EditorPage({ session }: { readonly session: DocumentSession }) {
  const { provider, text } = session;
  const { ready, keepsCopy } = useSessionState(session);
  const outage = useOutage(provider);
  const permission = usePermission(provider);
  const { title, language: initialLanguage, unknownToApi, rename, renameError } = useTitle(session);
  const [person, renamePerson] = useLocalPerson();
  const created = useHistoryState<{ created?: boolean } | null>()?.created === true;
  const [view, setView] = useState<EditorView>();
  const [mode, setMode] = useState<ViewMode>("text");
  const [dialog, setDialog] = useState<EditorDialog>();
  const settings = useDocumentSettings(session.replica.settings);
  const { language, interim, onGuess } = useDocumentLanguage(session, {
    chosen: settings.language,
    initial: initialLanguage,
    title,
    ready,
  });
  const [preferences, preferenceStore] = usePreferences();
  useDraft(session, view);
  const together = useTogether(view, session, person, preferences);
  // It stays to be undone when there is no copy any more.
  const hasCopies = useSetAsideCopies(session.setAside).length > 0;
  const [wasSetAside, setWasSetAside] = useState(hasCopies);
  if (hasCopies && !wasSetAside) setWasSetAside(true);
  const [toast, showToast] = useBrief();
  const [notice, setNotice] = useState<ReactNode>();
  // On a touch screen the keyboard would cover the text that the reader came for.
  const [toText, setToText] = useState(() => !created && window.matchMedia("(hover: hover)").matches);
  useStrayFiles(showToast);
  const page = pageState({ ready, outage, unknownToApi });
  const late = useLate(page === "loading");
  const name = title === undefined || title === "" ? strings.untitled : title;
  usePageTitle(title === undefined ? undefined : name);

  const download = () => downloadText(text.toString(), name);
  const titleField = useRef<HTMLInputElement>(null);
  const [, navigate] = useLocation();
  const creation = useCreateDocument();
  const [theme, chooseTheme] = useTheme();
  const mayWrite = permission.access === "write";
  const isMarkdown = language === markdown;
  const print = usePrinting({
    getText: () => text.toString(),
    asPreview: mode !== "text",
    onFallback: () => showToast(strings.markdown.printedAsText),
  });
  const insights = useInsightsShown();
  const editTags = () => (session.isDraft ? showToast(strings.tags.notYet) : setDialog("tags"));
  const commands = usePageCommands({
    palette: () => setDialog((open) => (open === "palette" ? undefined : "palette")),
    shortcuts: () => setDialog("shortcuts"),
    settings: () => setDialog("settings"),
    theme: () => chooseTheme(nextTheme(theme)),
    interfaceLanguage: () => setDialog("interfaceLanguage"),
    newDocument: async () => {
      if (!(await creation.run(undefined))) showToast(strings.documents.createError);
    },
    documents: () => navigate("/"),
    rename: () => titleField.current?.select(),
    tags: editTags,
    ids: () => setDialog("ids"),
    insights: () => insights.show(!insights.shown),
    explainId: () => navigate("/ids"),
    language: () => mayWrite && setDialog("language"),
    indent: () => mayWrite && setDialog("indent"),
    copyLink: async () =>
      showToast(
        (await copyText(window.location.href)) ? strings.editor.linkCopied : strings.editor.linkNotCopied,
      ),
    download,
    print,
    save: () => showToast(strings.editor.savedAsYouType),
  });
  const tellNotLoaded = () => {
    setDialog(undefined);
    showToast(strings.notLoaded.brief);
  };
  const files = useMemo(() => droppedFiles(text, showToast), [text, showToast]);
  const configuration = useConfiguration({
    begun: view !== undefined,
    language,
    interim,
    settings,
    preferences,
    commands,
    onGuess,
    files,
  });
  usePageKeys(view);

  if (page !== "writing" && page !== "loading") return <NoText page={page} outage={outage} />;

  return (
    <EditorFrame
      title={
        <TitleField
          ref={titleField}
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
        <SaveStatus
          provider={provider}
          editsElsewhere={session.editsElsewhere}
          caution={keepsCopy === false ? strings.status.hint.noCopy : undefined}
        />
      }
      actions={
        <>
          <PeopleHere
            awareness={provider.awareness}
            self={person}
            onRename={renamePerson}
            together={together}
          />
          <ShareButton />
          <MoreMenu
            onFind={() => view && searchCommand("openSearchPanel")(view)}
            onDownload={download}
            onTags={editTags}
            onIds={() => setDialog("ids")}
            onInsights={() => insights.show(!insights.shown)}
            onPalette={() => setDialog("palette")}
            onSettings={() => setDialog("settings")}
            onShortcuts={() => setDialog("shortcuts")}
            exported={
              isMarkdown ? { getText: () => text.toString(), title: name, onNotice: setNotice } : undefined
            }
            onFailure={() => showToast(strings.notLoaded.brief)}
          />
        </>
      }
      banner={
        <>
          {notice}
          {wasSetAside && (
            <SetAsideBanner ifFailed={<NotLoaded />} copies={session.setAside} onDone={() => view?.focus()} />
          )}
          {permission.access === "read" && <ReadOnlyBanner {...permission} />}
          {/* After a restore the visit starts afresh, in a moment. */}
          {outage?.state === "closed" && outage.code !== CloseCode.staleEpoch && (
            <ClosedBanner
              outage={outage}
              title={title ?? ""}
              getText={() => text.toString()}
              onDownload={download}
              onReconnect={() => {
                // Undoing keeps the text for a redo, and a replica hands over what it keeps; a new page holds only what is left.
                if (outage.code === CloseCode.tooLarge && keepsCopy) window.location.reload();
                else provider.connect();
              }}
            />
          )}
        </>
      }
      aside={
        insights.shown && (
          <InsightsPanel
            whileLoading={<div className="hidden w-104 shrink-0 border-line border-l min-[64rem]:block" />}
            ifFailed={<NotLoaded />}
            session={session}
            self={person}
            autoFocus={insights.asked}
            onClose={() => {
              insights.show(false);
              view?.focus();
            }}
          />
        )
      }
      footer={
        language !== undefined && (
          <>
            {together && <together.CompanyLine company={together.company} />}
            <StatusLine
              language={language}
              indent={indentStyleOf(settings)}
              mayWrite={mayWrite}
              onLanguage={() => setDialog("language")}
              onIndent={() => setDialog("indent")}
            />
          </>
        )
      }
    >
      <h1 className="sr-only">{name}</h1>
      {page === "writing" && language !== undefined && (
        <MarkdownPanes view={view} enabled={isMarkdown} mayWrite={mayWrite} onMode={setMode}>
          <EditorSurface
            session={session}
            mayWrite={mayWrite}
            configuration={configuration}
            autoFocus={toText}
            onView={setView}
          />
          {together && <together.CompanyOverlay company={together.company} />}
        </MarkdownPanes>
      )}
      {late && <p className="mx-auto max-w-[calc(72ch+4rem)] p-8 text-ink-faint">{strings.editor.loading}</p>}
      <Toast text={toast} />
      {/* Loaded behind the text, before anybody can ask for one. */}
      {language !== undefined && view !== undefined && (
        <EditorDialogs
          open={dialog}
          session={session}
          name={name}
          language={language}
          preferences={preferences}
          preferenceStore={preferenceStore}
          commands={commands}
          view={view}
          onClose={() => setDialog(undefined)}
          onFailure={tellNotLoaded}
          ifFailed={<NotToBeHad isAsked={dialog !== undefined} tell={tellNotLoaded} />}
        />
      )}
    </EditorFrame>
  );
}

/** In the place of what opens over the page: says so whenever one asks for it. */
function NotToBeHad({ isAsked, tell }: { readonly isAsked: boolean; readonly tell: () => void }) {
  useEffect(() => {
    if (isAsked) tell();
  }, [isAsked, tell]);
  return null;
}
