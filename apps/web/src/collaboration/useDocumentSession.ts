import { useEffect, useState } from "react";
import { useDeviceStore } from "../ui/useDeviceStore";
import { DocumentSession } from "./document-session";
import { openSetAsideStore, SetAsideCopies } from "./set-aside-copies";

/**
 * A visit to the document for as long as the component lives; undefined before its first effect. Another takes its place
 * when the document was restored to an earlier moment and the copy on this device was set aside.
 */
export function useDocumentSession(documentId: string): DocumentSession | undefined {
  const store = useDeviceStore();
  const [session, setSession] = useState<DocumentSession>();
  useEffect(() => {
    const setAside = new SetAsideCopies(documentId, openSetAsideStore());
    const open = () =>
      new DocumentSession({
        documentId,
        store,
        setAside,
        onSetAside: () => {
          opened.destroy();
          opened = open();
          setSession(opened);
        },
      });
    let opened = open();
    setSession(opened);
    return () => {
      setSession(undefined);
      opened.destroy();
    };
  }, [documentId, store]);
  return session;
}
