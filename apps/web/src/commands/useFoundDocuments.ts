import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { listDocuments } from "../api/list-documents";
import { listKnownDocuments } from "../documents/known-documents";
import { useDeviceStore } from "../ui/useDeviceStore";

interface FoundDocument {
  readonly id: string;
  readonly title: string;
}

/** The server's documents whose titles match `query`, and those that this device knows, which open without it. */
export function useFoundDocuments(query: string): readonly FoundDocument[] {
  const known = listKnownDocuments(useDeviceStore());
  const { data } = useQuery({
    queryKey: ["documents", "palette", query],
    queryFn: ({ signal }) => listDocuments({ query, cursor: undefined, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const titles = new Map<string, string>();
  for (const { id, title } of [...(data?.documents ?? []), ...known]) {
    if (!titles.has(id)) titles.set(id, title);
  }
  return [...titles].map(([id, title]) => ({ id, title }));
}
