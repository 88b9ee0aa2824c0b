import { type ConnectionStatus, type ResumePoint, ScriptoriumProvider } from "@scriptorium/provider";
import * as Y from "yjs";

/** What an application keeps of a document between two visits. */
export interface Kept {
  readonly content: Uint8Array;
  readonly resumePoint: ResumePoint | undefined;
  readonly unsavedEdits: number;
}

export function openDocument(serverUrl: string, documentId: string, kept?: Kept) {
  const doc = new Y.Doc();
  if (kept !== undefined) Y.applyUpdate(doc, kept.content);
  const provider = new ScriptoriumProvider({
    serverUrl,
    documentId,
    doc,
    ...(kept?.resumePoint && { resumePoint: kept.resumePoint }),
    ...(kept && { unsavedEdits: kept.unsavedEdits }),
  });
  const keep = (): Kept => ({
    content: Y.encodeStateAsUpdate(doc),
    resumePoint: provider.resumePoint,
    unsavedEdits: provider.unsavedEdits,
  });
  return { doc, text: doc.getText("content"), provider, keep };
}

/** What to tell the writer. Only "saved" means that everything is on the server's disk. */
export function describe(status: ConnectionStatus): string {
  switch (status.state) {
    case "saved":
      return "Saved";
    case "closed":
      return status.code === 4409 ? "Restored to an earlier moment" : `Closed: ${status.reason}`;
    case "offline":
      return `Offline, edits only on this device: ${status.edits}`;
    default:
      return "Not saved yet";
  }
}
