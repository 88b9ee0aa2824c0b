import "../editor/editor.css";
import { parseDocumentId } from "@scriptorium/ids/ulid";
import { useEffect } from "react";
import { Redirect } from "wouter";
import { prepareVisit } from "../collaboration/document-visit";
import { useDocumentSession } from "../collaboration/useDocumentSession";
import { movedTo } from "../documents/drafts";
import { EditorFrame } from "../editor/EditorFrame";
import { EditorPage } from "../editor/EditorPage";
import { NoText } from "../editor/NoText";
import { prepareLanguage } from "../languages/first-language";
import type { DeviceStore } from "../ui/device-store";
import { useDeviceStore } from "../ui/useDeviceStore";

/** `/d/:id`: a document. Loaded apart from the rest: the editor is the larger part of the code. */
export default function EditorRoute({ id }: { readonly id: string }) {
  useEffect(() => {
    // The text comes later than this; its typeface need not.
    void document.fonts.load('1rem "JetBrains Mono Variable"');
  }, []);
  const store = useDeviceStore();
  const documentId = parseDocumentId(id);
  if (documentId === undefined) return <NoText page="missing" outage={undefined} />;
  const moved = movedTo(store, documentId);
  if (moved !== undefined) return <Redirect to={`/d/${moved}`} replace />;
  return <OpenDocument key={documentId} documentId={documentId} />;
}

/** Begins with what the first frame is to show. */
export async function prepare({ id }: { readonly id: string }, store: DeviceStore): Promise<void> {
  const documentId = parseDocumentId(id);
  if (documentId !== undefined && movedTo(store, documentId) === undefined) {
    await Promise.all([prepareVisit(documentId, store), prepareLanguage()]);
  }
}

function OpenDocument({ documentId }: { readonly documentId: string }) {
  const session = useDocumentSession(documentId);
  return session === undefined ? <EditorFrame /> : <EditorPage session={session} />;
}

/** From here, so that code which both need is part of this chunk, and of no third one. */
export function loadTogether() {
  return import("../together/together");
}
