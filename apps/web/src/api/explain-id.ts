import * as z from "zod/mini";
import { request } from "./request";

const document = z.object({ id: z.string(), title: z.string() });

const answer = z.object({
  names: z.nullable(
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("document"), ...document.shape }),
      z.object({ type: z.literal("revision"), document }),
    ]),
  ),
  server: z.object({ node: z.number() }),
});

/** What an ID names on the server, if anything, and the node that mints its revisions. */
export type NamedHere = z.infer<typeof answer>;

export function explainId(id: string, signal: AbortSignal): Promise<NamedHere> {
  return request(`/ids/${encodeURIComponent(id)}`, answer, { signal });
}
