import { explain, parseDocumentId } from "@scriptorium/ids";
import type { FastifyInstance } from "fastify";
import type { Documents } from "../documents/documents";
import { Problem } from "./problem";

/** `GET /api/v1/ids/:id`: all schemes that an ID may be of, most likely first, and what it names here. */
export function idsRoutes(app: FastifyInstance, documents: Documents): void {
  app.get<{ Params: { id: string } }>("/api/v1/ids/:id", async (request, reply) => {
    const { id } = request.params;
    const explanations = explain(id);
    if (explanations.length === 0) {
      throw new Problem("UNKNOWN_SCHEME", "This is not a ULID, a Snowflake, a UUID or a NanoID.");
    }
    const documentId = parseDocumentId(id);
    const document = documentId === undefined ? undefined : documents.find(documentId);
    const names =
      document === undefined ? null : { type: "document", id: document.id, title: document.title };
    // A Snowflake exceeds JSON's numbers.
    const body = JSON.stringify({ id, names, explanations }, (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    return reply.type("application/json; charset=utf-8").send(body);
  });
}
