import { useCallback, useRef, useState } from "react";
import { Link } from "wouter";
import { Queries } from "../api/queries";
import { DocumentsBody } from "../documents/DocumentsBody";
import { DoneToast } from "../documents/DoneToast";
import { KeyHints } from "../documents/KeyHints";
import { NewDocumentButton } from "../documents/NewDocumentButton";
import { OnlyHere } from "../documents/OnlyHere";
import { PageTools } from "../documents/PageTools";
import type { Row } from "../documents/row";
import { SearchBox } from "../documents/SearchBox";
import { ShelfSwitch } from "../documents/ShelfSwitch";
import { SortSelect } from "../documents/SortSelect";
import { useListChoice } from "../documents/useListChoice";
import { useRowActions } from "../documents/useRowActions";
import { useSearchKey } from "../documents/useSearchKey";
import { useStars } from "../documents/useStars";
import { useTypedQuery } from "../documents/useTypedQuery";
import { Import } from "../import/Import";
import { ImportButton } from "../import/ImportButton";
import { useFileDrop } from "../import/useFileDrop";
import { TagBar } from "../tags/TagBar";
import { TagFilterButton } from "../tags/TagFilterButton";
import { useTypedTag } from "../tags/useTypedTag";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";
import { usePageTitle } from "../ui/usePageTitle";
import { Wordmark } from "../ui/Wordmark";

const TagsDialog = onDemand(() => import("../tags/TagsDialog"));

/** `/`: every document, and the way to a new one. */
export default function DocumentsRoute() {
  return (
    <Queries>
      <DocumentsPage />
    </Queries>
  );
}

function DocumentsPage() {
  const [choice, choose] = useListChoice();
  const [typed, setTyped] = useTypedQuery(choice, choose);
  const type = useTypedTag(typed, setTyped, choice, (tags) => choose({ tags }));
  const stars = useStars();
  const [tagged, editTags] = useState<Row>();
  const filterBy = useCallback((tag: string) => choose({ tags: [tag] }), [choose]);
  const { actions, notice, tell, dismiss } = useRowActions({ editTags, filterBy });
  const [files, setFiles] = useState<readonly File[]>();
  const isOver = useFileDrop(setFiles);
  const searchInput = useRef<HTMLInputElement>(null);
  const tagButton = useRef<HTMLButtonElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useSearchKey(searchInput);
  usePageTitle();
  const firstRow = () => body.current?.querySelector<HTMLAnchorElement>("li a");
  const query = typed.trim();
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-5 pb-20 sm:px-8">
      <header className="flex h-16 items-center justify-between">
        <Wordmark />
        <PageTools onProblem={(text) => tell({ text })} />
      </header>
      <main className="group/page flex flex-col pt-6 sm:pt-10">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 pb-5">
          <h1 className="font-semibold text-2xl leading-9 tracking-tight pointer-coarse:leading-11">
            {strings.documents.heading}
          </h1>
          <div className="flex flex-wrap items-start gap-2">
            <ImportButton onFiles={setFiles} />
            <NewDocumentButton onMenuFailure={actions.loadFailed} />
          </div>
        </div>
        <Import
          files={files}
          isOver={isOver}
          onClose={() => setFiles(undefined)}
          onFailure={() => {
            setFiles(undefined);
            actions.loadFailed();
          }}
        />
        <OnlyHere />
        <div className="flex gap-1">
          <div className="grow">
            <SearchBox
              input={searchInput}
              value={typed}
              onChange={type}
              onDown={() => firstRow()?.focus()}
              onEnter={() => query !== "" && firstRow()?.click()}
            />
          </div>
          <TagFilterButton
            button={tagButton}
            tags={choice.tags}
            onChange={(tags) => choose({ tags })}
            onFailure={(cause) => (cause === undefined ? actions.loadFailed() : tell({ text: cause }))}
          />
        </div>
        <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-2 py-2 pointer-coarse:min-h-11">
          <ShelfSwitch choice={choice} onChoose={choose} />
          {choice.shelf === "all" && query === "" && (
            <SortSelect sort={choice.sort} onChoose={(sort) => choose({ sort })} />
          )}
        </div>
        <TagBar
          tags={choice.tags}
          onChange={(tags) => choose({ tags })}
          focusAfter={() => tagButton.current?.focus()}
        />
        <div ref={body} className="flex flex-col">
          <DocumentsBody choice={{ ...choice, query }} actions={actions} stars={stars} />
        </div>
        <KeyHints />
        <Link
          href="/ids"
          className="mt-6 inline-flex min-h-6 items-center self-start text-ink-faint text-xs underline underline-offset-4 hover:text-ink pointer-coarse:min-h-11"
        >
          {strings.documents.explainIds}
        </Link>
      </main>
      {tagged !== undefined && (
        <TagsDialog
          documentId={tagged.id}
          title={tagged.title || strings.untitled}
          onDone={tell}
          onClose={() => editTags(undefined)}
          onFailure={() => {
            editTags(undefined);
            actions.loadFailed();
          }}
          focusAfter={() => searchInput.current?.focus()}
        />
      )}
      <DoneToast notice={notice} onDismiss={dismiss} />
    </div>
  );
}
