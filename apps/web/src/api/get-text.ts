import { requestText } from "./request";

/** A document's text with every edit that is on the server's disk. */
export function getText(id: string): Promise<string> {
  return requestText(`/documents/${encodeURIComponent(id)}/text`);
}
