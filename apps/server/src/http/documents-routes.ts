import type { ActorId, DocumentId } from "@scriptorium/ids";
import type { DocumentEvent } from "@scriptorium/protocol";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Documents } from "../documents/documents";
import type { Metrics } from "../observability/metrics";
import { type CatalogueSort, catalogueSorts, cursorBehind } from "../projections/catalogue-order";
import type { CatalogueEntry } from "../projections/projection-reader";
import type { SearchHit } from "../search/search-index";
import { decodeCursor, encodeCursor } from "./cursor";
import { documentIdOf, type IdParameter, known, present } from "./document-parameter";
import { tagsParameterSchema, tagsSchema } from "./tags-schema";
import { validate } from "./validate";

export interface DocumentsRoutesOptions {
  /** Where clients find what the server has at its root. */
  readonly basePath: string;
  readonly documents: Documents;
  readonly mintActor: () => ActorId;
  /** How many connections edit a document now. */
  readonly editors: (id: string) => number;
  readonly announce: (id: DocumentId, event: DocumentEvent) => void;
  /** Ends all connections to a document that was deleted. */
  readonly closeDeleted: (id: DocumentId) => void;
  readonly metrics: Metrics;
}

const titleLengthMax = 200;

const line = z
  .string()
  .trim()
  .regex(/^\P{Cc}*$/u, "must not have control characters");
const title = line.max(titleLengthMax, `must have at most ${titleLengthMax} characters`);
const newDocument = z.strictObject({
  title: title.default(""),
  language: line.max(50).optional(),
  text: z.string().optional(),
  tags: tagsSchema.default([]),
});
const changes = z
  .strictObject({ title: title.optional(), tags: tagsSchema.optional() })
  .refine((change) => Object.keys(change).length > 0, "must have a title or tags");
const listQuery = z.object({
  query: z.string().trim().max(200).default(""),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  tag: tagsParameterSchema,
  deleted: z.stringbool().default(false),
  sort: z.enum(catalogueSorts).default("updated"),
});

/** `/api/v1/documents` and what is below it. */
export function documentsRoutes(app: FastifyInstance, options: DocumentsRoutesOptions): void {
  const { basePath, documents, mintActor, editors, announce, closeDeleted, metrics } = options;
  const show = (entry: CatalogueEntry) => toJson(entry, editors(entry.id));

  app.post("/api/v1/documents", async (request, reply) => {
    const wanted = validate(newDocument, request.body ?? {});
    const entry = await documents.create(mintActor(), wanted);
    metrics.documentsCreated.inc();
    if (wanted.text !== undefined && wanted.text !== "") metrics.documentsImported.inc();
    return reply.code(201).header("location", `${basePath}api/v1/documents/${entry.id}`).send(show(entry));
  });

  app.get("/api/v1/documents", async (request, reply) => {
    const { query, tag: tags, cursor, limit, deleted, sort } = validate(listQuery, request.query);
    const after = cursor === undefined ? undefined : decodeCursor(sort, cursor);
    // One more than asked for tells whether there is a next page.
    const asked = { deleted, tags, sort, after, limit: limit + 1 };
    if (query === "") {
      const entries = documents.list(asked);
      return pageOf(
        entries.map((entry) => ({ entry, tier: 0 as const })),
        ({ entry }) => show(entry),
      );
    }
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    const hits = await documents.search({ ...asked, query }, gone.signal);
    return pageOf(hits, ({ entry, snippet }) => ({ ...show(entry), snippet }));

    function pageOf<Found extends Pick<SearchHit, "entry" | "tier">>(
      found: readonly Found[],
      toJson: (found: Found) => object,
    ) {
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      return { documents: page.map(toJson), nextCursor: last === undefined ? null : cursorOf(last, sort) };
    }
  });

  app.get<IdParameter>("/api/v1/documents/:id", async (request) => {
    return show(known(documents.find(documentIdOf(request.params.id))));
  });

  app.patch<IdParameter>("/api/v1/documents/:id", async (request) => {
    const id = documentIdOf(request.params.id);
    const change = validate(changes, request.body);
    present(documents.find(id));
    const entry = known(await documents.change(mintActor(), id, change));
    if (change.title !== undefined) announce(id, { type: "title", title: entry.title });
    if (change.tags !== undefined) announce(id, { type: "tags", tags: entry.tags });
    return show(entry);
  });

  app.delete<IdParameter>("/api/v1/documents/:id", async (request) => {
    const id = documentIdOf(request.params.id);
    const wasThere = documents.find(id)?.deletedMs === null;
    const entry = known(await documents.delete(mintActor(), id));
    if (wasThere) metrics.documentsDeleted.inc();
    closeDeleted(id);
    return show(entry);
  });

  app.post<IdParameter>("/api/v1/documents/:id/restore", async (request) => {
    const id = documentIdOf(request.params.id);
    const wasInTrash = typeof documents.find(id)?.deletedMs === "number";
    const entry = known(await documents.restore(mintActor(), id));
    if (wasInTrash) metrics.documentsRestored.inc();
    return show(entry);
  });
}

function cursorOf({ entry, tier }: Pick<SearchHit, "entry" | "tier">, sort: CatalogueSort): string {
  return encodeCursor(sort, cursorBehind(entry, sort, tier));
}

function toJson(entry: CatalogueEntry, editors: number) {
  return {
    id: entry.id,
    title: entry.title,
    language: entry.language,
    createdAt: new Date(entry.createdMs).toISOString(),
    updatedAt: new Date(entry.updatedMs).toISOString(),
    tags: entry.tags,
    edits: entry.edits,
    deletedAt: entry.deletedMs === null ? null : new Date(entry.deletedMs).toISOString(),
    epoch: entry.epoch,
    readOnly: entry.damagedBecause !== null,
    readOnlyReason:
      entry.damagedBecause === null
        ? null
        : `A part of what was written here cannot be read from the server's disk (${entry.damagedBecause}).`,
    editors,
  };
}
