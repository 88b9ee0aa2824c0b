import { useLocation } from "wouter";
import { createDocument, type NewDocument } from "../api/create-document";
import { WebError } from "../api/web-error";
import type { DeviceStore } from "../ui/device-store";
import { type Action, useAction } from "../ui/useAction";
import { useDeviceStore } from "../ui/useDeviceStore";
import { createDraft } from "./create-draft";
import { rememberDocument } from "./known-documents";

/**
 * Creates a document, by default empty and untitled, and opens it. An empty one is begun on this device if the server
 * cannot be reached.
 */
export function useCreateDocument(): Action<NewDocument | undefined> {
  const [, navigate] = useLocation();
  const store = useDeviceStore();
  return useAction(async (document) => {
    const id = await create(store, document);
    navigate(`/d/${id}`, { state: { created: true } });
  });
}

async function create(store: DeviceStore, document: NewDocument | undefined): Promise<string> {
  try {
    const { id, title, language } = await createDocument(document);
    // The page of the document has its title at once.
    rememberDocument(store, { id, title, language: language ?? undefined, openedAtMs: Date.now() });
    return id;
  } catch (error) {
    if (document !== undefined) throw error;
    return await createHere(store, error);
  }
}

/** @param error why the server has not created it; thrown again where this device cannot help */
async function createHere(store: DeviceStore, error: unknown): Promise<string> {
  if (!(error instanceof WebError) || error.code !== "UNREACHABLE") throw error;
  const id = await createDraft(store);
  if (id === undefined) throw error;
  return id;
}
