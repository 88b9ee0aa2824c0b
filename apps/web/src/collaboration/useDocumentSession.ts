import { useEffect, useState } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import { DocumentSession } from "./document-session";

/** A visit to the document for as long as the component lives; undefined before its first effect. */
export function useDocumentSession(documentId: string): DocumentSession | undefined {
  const store = useDeviceStore();
  const [session, setSession] = useState<DocumentSession>();
  useEffect(() => {
    const opened = new DocumentSession(documentId, store);
    setSession(opened);
    return () => {
      setSession(undefined);
      opened.destroy();
    };
  }, [documentId, store]);
  return session;
}
