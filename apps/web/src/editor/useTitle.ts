import { useEffect, useMemo } from "react";
import { getDocument } from "../api/get-document";
import { renameDocument } from "../api/rename-document";
import type { DocumentSession } from "../collaboration/document-session";
import { useDeviceStore } from "../ui/useDeviceStore";
import { useObservable } from "../ui/useObservable";
import { DocumentTitle, type TitleState } from "./document-title";

/** The title of the document that is open, and how to change it. */
export function useTitle(
  session: DocumentSession,
): TitleState & { readonly rename: (title: string) => void } {
  const store = useDeviceStore();
  const title = useMemo(() => {
    const { documentId, provider, isDraft } = session;
    return new DocumentTitle({ documentId, provider, isDraft, store, getDocument, renameDocument });
  }, [session, store]);
  useEffect(() => title.start(), [title]);
  return { ...useObservable(title.state), rename: (wanted) => void title.rename(wanted) };
}
