import { underBase } from "../base-path";

/** Whether the server answers now. A page that is loaded anew while it does not may be gone. */
export async function isServerThere(): Promise<boolean> {
  const answer = await fetch(underBase("/healthz"), { cache: "no-store" }).catch(() => undefined);
  return answer?.ok === true;
}
