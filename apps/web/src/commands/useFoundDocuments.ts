import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { listDocuments } from "../api/list-documents";
import { listKnownDocuments } from "../documents/known-documents";
import { useDeviceStore } from "../ui/useDeviceStore";

const resultsMax = 20;

interface FoundDocument {
  readonly id: string;
  readonly title: string;
  /** Where the text matches; undefined if only the title does. */
  readonly excerpt?: string | undefined;
}

/** The server's documents whose titles or texts match `query`, and those that this device knows, which open without it. */
export function useFoundDocuments(query: string): readonly FoundDocument[] {
  const known = listKnownDocuments(useDeviceStore());
  const { data } = useQuery({
    queryKey: ["documents", "palette", query],
    queryFn: ({ signal }) => listDocuments({ query, limit: resultsMax, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const found = new Map<string, FoundDocument>();
  for (const { id, title, snippet } of data?.documents ?? []) {
    const excerpt = snippet?.map(({ text }) => text).join("");
    found.set(id, { id, title, excerpt: excerpt === "" ? undefined : excerpt });
  }
  for (const { id, title } of known) if (!found.has(id)) found.set(id, { id, title });
  return [...found.values()];
}
