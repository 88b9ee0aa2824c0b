import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { DocumentId } from "@scriptorium/ids";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Documents } from "../documents/documents";
import { FileNames } from "../files/file-name";
import type { Metrics } from "../observability/metrics";
import { documentIdOf, type IdParameter, present } from "./document-parameter";
import { validate } from "./validate";

export interface ExportRouteOptions {
  readonly documents: Documents;
  /** Somebody has fetched the text of a document. */
  readonly noteExport: (id: DocumentId) => void;
  readonly metrics: Metrics;
  /** Of this server. */
  readonly version: string;
}

const query = z.object({ format: z.enum(["text", "archive"]).default("text") });

/** `GET /api/v1/documents/:id/export`: a document as a file, the text alone or with its history. */
export function exportRoute(app: FastifyInstance, options: ExportRouteOptions): void {
  const { documents, noteExport, metrics, version } = options;
  app.get<IdParameter>("/api/v1/documents/:id/export", async (request, reply) => {
    const id = documentIdOf(request.params.id);
    const { format } = validate(query, request.query);
    const { title, language } = present(documents.find(id));
    const name = new FileNames().nameOf(title, language);
    const content = format === "text" ? await documents.text(id) : archive(id, reply);
    metrics.documentsExported.inc();
    noteExport(id);
    return reply
      .type(format === "text" ? "text/plain; charset=utf-8" : "application/gzip")
      .header("content-disposition", attachment(format === "text" ? name : `${name}.archive`))
      .send(content);
  });

  /** Compressed as it is read, no faster than it is fetched. What fails on the way ends the connection: nobody takes a part for all. */
  function archive(id: DocumentId, reply: FastifyReply): Readable {
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    const lines = Readable.from(
      documents.archive(id, { product: version, createdAt: new Date(), signal: gone.signal }),
      { objectMode: true },
    );
    const compressed = createGzip();
    lines.once("error", (error) => compressed.destroy(error));
    compressed.once("close", () => lines.destroy());
    return lines.pipe(compressed);
  }
}

/** RFC 6266, with the name in UTF-8. */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `attachment; filename*=UTF-8''${encoded}`;
}
