import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { documentKey } from "../api/document-key";
import type { DocumentSummary } from "../api/document-summary";
import { getDocument } from "../api/get-document";
import { renameDocument } from "../api/rename-document";
import { WebError } from "../api/web-error";
import type { DocumentSession } from "../collaboration/document-session";
import { findKnownDocument, rememberDocument } from "../documents/known-documents";
import { useDeviceStore } from "../ui/useDeviceStore";

/**
 * The document's title: the server's, kept current by the events of the connection; without the server, the one that
 * this device remembers. Undefined while neither is known.
 */
export function useTitle(session: DocumentSession) {
  const { documentId: id, provider, isDraft } = session;
  const store = useDeviceStore();
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: documentKey(id),
    queryFn: ({ signal }) => getDocument(id, signal),
    staleTime: 10_000,
    enabled: !isDraft,
  });
  const saved = query.data?.title;
  const language = query.data?.language ?? undefined;

  useEffect(
    () =>
      provider.onEvent((event) => {
        if (event.type !== "title") return;
        cache.setQueryData<DocumentSummary>(
          documentKey(id),
          (known) => known && { ...known, title: event.title },
        );
      }),
    [cache, id, provider],
  );

  useEffect(() => {
    if (saved !== undefined) rememberDocument(store, { id, title: saved, language, openedAtMs: Date.now() });
  }, [id, saved, language, store]);

  const rename = useMutation({
    mutationFn: async (title: string) => {
      if (isDraft) rememberDocument(store, { id, title, openedAtMs: Date.now() });
      else cache.setQueryData(documentKey(id), await renameDocument(id, title));
    },
  });

  // What failed while the server was away: reading the title, and changing it.
  const { refetch, isError: unread } = query;
  const { mutate, isError: unsaved, variables: wanted } = rename;
  useEffect(() => {
    if (!unread && !unsaved) return;
    return provider.onStatusChange(() => {
      if (!provider.synced) return;
      if (unread) void refetch();
      if (unsaved) mutate(wanted);
    });
  }, [mutate, provider, refetch, unread, unsaved, wanted]);

  const known = findKnownDocument(store, id);
  return {
    title: saved ?? known?.title,
    initialLanguage: language ?? known?.language,
    unknownToApi: query.error instanceof WebError && query.error.code === "NOT_FOUND",
    rename: mutate,
    renameError: rename.error?.message,
  };
}
