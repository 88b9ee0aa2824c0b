import { useQueries } from "@tanstack/react-query";
import { documentKey } from "../api/document-key";
import { getDocument } from "../api/get-document";
import { useDeviceStore } from "../ui/useDeviceStore";
import { listKnownDocuments } from "./known-documents";
import { type Row, rowOf, rowOfKnown, rowOfStar } from "./row";
import type { Star } from "./stars";

/** More are not shown: who needs them searches. */
const rowsMax = 50;
const freshMs = 10_000;

/** The documents opened on this device, last opened first. */
export function useRecentRows(): readonly Row[] {
  return useCurrent(listKnownDocuments(useDeviceStore()).map(rowOfKnown));
}

/** The documents starred on this device, last starred first. */
export function useStarredRows(stars: readonly Star[]): readonly Row[] {
  return useCurrent(stars.map(rowOfStar));
}

/** The rows as the server knows their documents, without those in its trash; without the server, as they are. */
function useCurrent(rows: readonly Row[]): readonly Row[] {
  const shown = rows.slice(0, rowsMax);
  const answers = useQueries({
    queries: shown.map(({ id }) => ({
      queryKey: documentKey(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => getDocument(id, signal),
      staleTime: freshMs,
      // An open document is renamed without this cache.
      gcTime: 0,
    })),
  });
  return shown.flatMap((row, index) => {
    const document = answers[index]?.data;
    if (document === undefined) return [row];
    if ((document.deletedAt ?? null) !== null) return [];
    const current = rowOf(document);
    return [{ ...current, time: row.time ?? current.time }];
  });
}
