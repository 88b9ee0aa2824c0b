import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { createDocument, type NewDocument } from "../api/create-document";
import { documentKey } from "../api/document-key";
import type { DocumentSummary } from "../api/document-summary";
import { WebError } from "../api/web-error";
import type { DeviceStore } from "../ui/device-store";
import { useDeviceStore } from "../ui/useDeviceStore";
import { createDraft } from "./create-draft";

/**
 * Creates a document, by default empty and untitled, and opens it. An empty one is begun on this device if the server
 * cannot be reached.
 */
export function useCreateDocument() {
  const [, navigate] = useLocation();
  const cache = useQueryClient();
  const store = useDeviceStore();
  return useMutation({
    mutationFn: async (document: NewDocument | undefined) => {
      try {
        return await createDocument(document);
      } catch (error) {
        if (document !== undefined) throw error;
        return await createHere(store, error);
      }
    },
    onSuccess: (created: DocumentSummary | { readonly id: string }) => {
      if ("title" in created) cache.setQueryData(documentKey(created.id), created);
      navigate(`/d/${created.id}`, { state: { created: true } });
    },
  });
}

/** @param error why the server has not created it; thrown again where this device cannot help */
async function createHere(store: DeviceStore, error: unknown): Promise<{ readonly id: string }> {
  if (!(error instanceof WebError) || error.code !== "UNREACHABLE") throw error;
  const id = await createDraft(store);
  if (id === undefined) throw error;
  return { id };
}
