/** What message 101 can say. Clients ignore types that they do not know. */
export type DocumentEvent =
  | { readonly type: "title"; readonly title: string }
  /** The first on each connection: the document's epoch, and whether the client is sent only what it lacks. */
  | { readonly type: "joined"; readonly epoch: string; readonly resumed: boolean }
  /** What this client may do, where that is not everything or has changed. */
  | { readonly type: "permission"; readonly access: "read" | "write"; readonly reason?: string | undefined }
  /** The server is about to restart: a close with 1012 follows. */
  | { readonly type: "draining" };

export function encodeEventJson(event: DocumentEvent): string {
  return JSON.stringify(event);
}

/** Undefined for JSON that is no event known to this version. */
export function decodeEventJson(json: string): DocumentEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  if (value.type === "title" && "title" in value && typeof value.title === "string") {
    return { type: "title", title: value.title };
  }
  if (value.type === "draining") return { type: "draining" };
  return undefined;
}
