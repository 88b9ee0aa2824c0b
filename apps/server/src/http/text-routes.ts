import type { ActorId, DocumentId } from "@scriptorium/ids";
import type { FastifyInstance } from "fastify";
import type { Documents } from "../documents/documents";
import type { Metrics } from "../observability/metrics";
import { EditRefusedError, type NewText, type TextSet } from "../sync/server-edits";
import { AsOfError, type TextBase } from "../texts/read-as-of";
import { documentIdOf, type IdParameter, present } from "./document-parameter";
import { Problem } from "./problem";

export interface TextRoutesOptions {
  readonly documents: Documents;
  readonly mintActor: () => ActorId;
  readonly setText: (id: DocumentId, text: NewText) => Promise<TextSet>;
  /** Somebody has fetched the text of a document. */
  readonly noteExport: (id: DocumentId) => void;
  readonly metrics: Metrics;
}

/** `/api/v1/documents/:id/text`: the whole text, to have and to set. */
export function textRoutes(app: FastifyInstance, options: TextRoutesOptions): void {
  const { documents, mintActor, setText, noteExport, metrics } = options;

  app.get<IdParameter>("/api/v1/documents/:id/text", async (request, reply) => {
    const id = documentIdOf(request.params.id);
    present(documents.find(id));
    const { text, revision } = await documents.revisedText(id);
    metrics.documentsExported.inc();
    noteExport(id);
    return reply.type("text/plain; charset=utf-8").header("etag", tagOf(revision)).send(text);
  });

  // Bodies are taken as bytes here, and here alone: what is no UTF-8 is refused, and not mended.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(/^text\/plain\b/, { parseAs: "buffer" }, (_request, body, done) =>
      done(null, body),
    );
    scope.put<IdParameter>("/api/v1/documents/:id/text", async (request, reply) => {
      const id = documentIdOf(request.params.id);
      const base = baseOf(request.headers["if-match"]);
      const text = textOf(request.headers["content-type"], request.body);
      present(documents.find(id));
      const { revision, ...rest } = await setText(id, { text, base, author: mintActor() }).catch(refuse);
      if (rest.inserted + rest.deleted > 0) metrics.textsSet.inc();
      return reply.header("etag", tagOf(String(revision))).send({ id, revision: String(revision), ...rest });
    });
  });
}

/** An entity tag that is the revision, so that `If-Match` names one. */
function tagOf(revision: string | null): string {
  return `"${revision ?? 0}"`;
}

/** @throws {Problem} INVALID_REQUEST */
function baseOf(ifMatch: string | undefined): TextBase | undefined {
  if (ifMatch === undefined || ifMatch === "*") return undefined;
  const digits = /^"?(\d{1,20})"?$/.exec(ifMatch.trim())?.[1];
  if (digits !== undefined) return { revision: BigInt(digits) };
  throw new Problem("INVALID_REQUEST", "If-Match must be the ETag of a text: its revision, in quotes.", {
    fields: ["If-Match"],
  });
}

/** @throws {Problem} INVALID_REQUEST, UNSUPPORTED_MEDIA_TYPE */
function textOf(contentType = "", body: unknown): string {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1] ?? "utf-8";
  if (!/^(utf-?8|us-ascii)$/i.test(charset)) {
    throw new Problem("UNSUPPORTED_MEDIA_TYPE", `The text is taken in UTF-8, not in ${charset}.`);
  }
  if (!Buffer.isBuffer(body)) {
    throw new Problem(
      "UNSUPPORTED_MEDIA_TYPE",
      "The body must be the text, with the content type text/plain.",
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (cause) {
    throw new Problem("INVALID_REQUEST", "The body is no text in UTF-8.", { cause });
  }
}

/** @throws {Problem} for what an edit is refused for, else the error itself */
function refuse(error: unknown): never {
  if (error instanceof AsOfError) {
    const gone = `The text that yours is based on cannot be had: ${error.message}. Fetch the text and start from that.`;
    throw new Problem("UNKNOWN_BASE", gone, { cause: error });
  }
  if (!(error instanceof EditRefusedError)) throw error;
  switch (error.code) {
    case "NOT_PRESENT":
      throw new Problem("IN_TRASH", "This document is in the trash. Restore it first.", { cause: error });
    case "READ_ONLY":
      throw new Problem("READ_ONLY", `The document takes no edits: ${error.message}.`, { cause: error });
    case "DOCUMENT_FULL":
      throw new Problem("TOO_LARGE", `The text was not set: ${error.message}.`, { cause: error });
    case "CONFLICT":
      throw new Problem("UNKNOWN_BASE", `The text was not set: ${error.message}.`, { cause: error });
  }
}
