import { useEffect, useState } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import type { DocumentSession } from "./document-session";
import { beginVisit, preparedVisit } from "./document-visit";

/**
 * The session of a visit to the document, which lasts as long as the component; undefined before its first effect,
 * unless the visit was prepared.
 */
export function useDocumentSession(documentId: string): DocumentSession | undefined {
  const store = useDeviceStore();
  const [session, setSession] = useState(() => preparedVisit(documentId)?.session.get());
  useEffect(() => {
    const visit = beginVisit(documentId, store);
    const show = () => setSession(visit.session.get());
    show();
    const unsubscribe = visit.session.subscribe(show);
    return () => {
      unsubscribe();
      setSession(undefined);
      visit.destroy();
    };
  }, [documentId, store]);
  return session;
}
