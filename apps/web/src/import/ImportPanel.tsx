import { useQueryClient } from "@tanstack/react-query";
import { Check, CircleAlert, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Link } from "wouter";
import { createDocument } from "../api/create-document";
import { documentsKey } from "../documents/documents-cache";
import { Button } from "../ui/Button";
import { IconButton } from "../ui/IconButton";
import { strings } from "../ui/strings";
import { explainFailure } from "./explain-failure";
import { Importer, type ImportItem, sourceOf } from "./importer";
import { readZip } from "./read-zip";
import { isZip, toDocument } from "./to-document";

interface ImportPanelProps {
  /** Those that were chosen last; another array for each choice. */
  readonly files: readonly File[];
  readonly onClose: () => void;
}

/** What becomes of the files that were dropped or chosen. Loaded with the first of them. */
export default function ImportPanel({ files, onClose }: ImportPanelProps) {
  const cache = useQueryClient();
  const [importer] = useState(() => new Importer({ create: createDocument, toDocument, isZip, readZip }));
  const items = useSyncExternalStore(importer.subscribe, importer.items);
  useTaking(importer, files);
  const count = (is: ImportItem["state"]["is"]) => items.filter(({ state }) => state.is === is).length;
  const [waiting, working, done, failed, cancelled] = [
    count("waiting"),
    count("working"),
    count("done"),
    count("failed"),
    count("cancelled"),
  ];
  const isBusy = waiting + working > 0;
  useEffect(() => {
    if (done > 0) void cache.invalidateQueries({ queryKey: documentsKey.all });
  }, [cache, done]);
  const texts = strings.import;
  return (
    <section
      aria-label={texts.name}
      className="mb-5 flex flex-col gap-3 rounded-xl border border-line bg-raised p-4"
    >
      <div className="flex min-h-9 flex-wrap items-center gap-2">
        <p role="status" className="min-w-40 flex-1 font-medium">
          {isBusy
            ? texts.progress(items.length - waiting - working, items.length)
            : texts.summary({ done, failed, cancelled })}
        </p>
        {isBusy && <Button onClick={() => importer.cancel()}>{texts.cancel}</Button>}
        {!isBusy && failed + cancelled > 0 && (
          <Button onClick={() => void importer.retry()}>{texts.retry}</Button>
        )}
        {!isBusy && (
          <IconButton label={texts.close} onClick={onClose}>
            <X aria-hidden size={18} strokeWidth={1.75} />
          </IconButton>
        )}
      </div>
      {isBusy && (
        <progress
          aria-label={texts.name}
          max={items.length}
          value={items.length - waiting - working}
          className="h-1 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-ink-soft [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-ink-soft"
        />
      )}
      <ul
        aria-label={texts.files}
        className="flex max-h-72 flex-col overflow-y-auto overscroll-contain text-sm"
      >
        {items.map((item) => (
          <ImportRow key={item.key} item={item} />
        ))}
      </ul>
    </section>
  );
}

/** Hands each choice of files over once. */
function useTaking(importer: Importer, files: readonly File[]): void {
  const [taken] = useState(() => new WeakSet<readonly File[]>());
  useEffect(() => {
    if (taken.has(files)) return;
    taken.add(files);
    void importer.add(files.map(sourceOf));
  }, [files, importer, taken]);
}

function ImportRow({ item: { name, state } }: { readonly item: ImportItem }) {
  return (
    <li className="flex min-h-9 items-center gap-3 py-1 pointer-coarse:min-h-11">
      <span className="grid size-4 shrink-0 place-items-center text-ink-faint">
        {state.is === "done" && <Check aria-hidden size={16} strokeWidth={2} />}
        {state.is === "failed" && <CircleAlert aria-hidden size={16} strokeWidth={2} className="text-warn" />}
      </span>
      <span className="min-w-0 grow">
        {state.is === "done" ? (
          <Link
            href={`/d/${state.documentId}`}
            className="block truncate underline decoration-line-strong underline-offset-4 pointer-coarse:py-2.5"
          >
            {name}
          </Link>
        ) : (
          <span className={`block truncate ${state.is === "failed" ? "" : "text-ink-soft"}`}>{name}</span>
        )}
        {state.is === "failed" && (
          <span className="block text-ink-soft text-pretty">{explainFailure(state.error)}</span>
        )}
      </span>
      <span className="shrink-0 text-ink-faint text-xs">{strings.import.states[state.is]}</span>
    </li>
  );
}
