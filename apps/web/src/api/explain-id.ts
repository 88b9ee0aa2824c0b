import * as z from "zod/mini";
import { request } from "./request";

const document = z.object({ id: z.string(), title: z.string() });

// Not a union of the two: what tells unions apart would be loaded with every page.
const answer = z.object({
  names: z.nullable(
    z.object({
      type: z.enum(["document", "revision"]),
      id: z.optional(z.string()),
      title: z.optional(z.string()),
      /** Of a revision. */
      document: z.optional(document),
    }),
  ),
  server: z.object({ node: z.number() }),
});

/** What an ID names on the server, if anything, and the node that mints its revisions. */
export interface NamedHere {
  readonly names: {
    readonly type: "document" | "revision";
    readonly id: string;
    readonly title: string;
  } | null;
  readonly server: { readonly node: number };
}

export async function explainId(id: string, signal: AbortSignal): Promise<NamedHere> {
  const { names, server } = await request(`/ids/${encodeURIComponent(id)}`, answer, { signal });
  return { names: names && { type: names.type, ...document.parse(names.document ?? names) }, server };
}
