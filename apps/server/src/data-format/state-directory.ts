import { join } from "node:path";

/**
 * What the server keeps beside the log and is no projection of it: the node of its revisions, what it knows of activity,
 * when it was backed up. Small files; whatever is lost of them is chosen or counted anew.
 */
export function stateDirectory(dataDirectory: string): string {
  return join(dataDirectory, "state");
}
