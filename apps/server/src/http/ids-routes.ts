import {
  diagnose,
  explain,
  mintableSchemes,
  parseDocumentId,
  parseSnowflake,
  SampleMint,
} from "@scriptorium/ids";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { CatalogueEntry } from "../projections/projection-reader";
import { Problem } from "./problem";
import { validate } from "./validate";

export interface IdsRoutesOptions {
  readonly documents: {
    find(id: NonNullable<ReturnType<typeof parseDocumentId>>): CatalogueEntry | undefined;
    findByRevision(revision: bigint): Promise<CatalogueEntry | undefined>;
  };
  /** The Snowflake node of this server. */
  readonly node: number;
}

const order = z.strictObject({
  scheme: z.enum(mintableSchemes),
  count: z.int().min(1).max(1000).default(1),
});

/**
 * - `GET /api/v1/ids/:id`: all schemes that an ID may be of, most likely first, and what it names here.
 * - `POST /api/v1/ids`: samples of a scheme. They are kept nowhere and name nothing.
 */
export function idsRoutes(app: FastifyInstance, { documents, node }: IdsRoutesOptions): void {
  // Of another node than the revisions, so that no sample is one.
  const samples = new SampleMint({ node: (node + 1) % 1024 });

  app.get<{ Params: { id: string } }>("/api/v1/ids/:id", async (request) => {
    const { id } = request.params;
    const explanations = explain(id);
    if (explanations.length === 0) {
      const { message, ...fault } = diagnose(id);
      throw new Problem("UNKNOWN_SCHEME", message, { fault });
    }
    return { id, names: await whatItNames(documents, id.trim()), explanations, server: { node } };
  });

  app.post("/api/v1/ids", async (request) => {
    const { scheme, count } = validate(order, request.body);
    return { scheme, ids: Array.from({ length: count }, () => samples.mint(scheme)) };
  });
}

async function whatItNames(documents: IdsRoutesOptions["documents"], id: string) {
  const documentId = parseDocumentId(id);
  if (documentId !== undefined) {
    const document = documents.find(documentId);
    return document === undefined ? null : { type: "document", id: document.id, title: document.title };
  }
  const revision = parseSnowflake(id);
  const document = revision === undefined ? undefined : await documents.findByRevision(revision);
  return document === undefined
    ? null
    : { type: "revision", document: { id: document.id, title: document.title } };
}
