import { useDeferredValue, useState } from "react";
import { DocumentsBody } from "../documents/DocumentsBody";
import { FilterBox } from "../documents/FilterBox";
import { NewDocumentButton } from "../documents/NewDocumentButton";
import { strings } from "../ui/strings";
import { ThemeSwitch } from "../ui/ThemeSwitch";
import { usePageTitle } from "../ui/usePageTitle";
import { Wordmark } from "../ui/Wordmark";

/** `/`: every document, and the way to a new one. */
export default function DocumentsRoute() {
  const [filter, setFilter] = useState("");
  const query = useDeferredValue(filter.trim());
  usePageTitle();
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-5 pb-16 sm:px-8">
      <header className="flex h-16 items-center justify-between">
        <Wordmark />
        <ThemeSwitch />
      </header>
      <main className="flex flex-col pt-6 sm:pt-10">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 pb-5">
          <h1 className="font-semibold text-2xl leading-9 tracking-tight pointer-coarse:leading-11">
            {strings.documents.heading}
          </h1>
          <NewDocumentButton />
        </div>
        <div className="pb-5">
          <FilterBox value={filter} onChange={setFilter} />
        </div>
        <DocumentsBody query={query} />
      </main>
    </div>
  );
}
