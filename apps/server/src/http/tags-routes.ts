import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Documents } from "../documents/documents";
import { validate } from "./validate";

const listQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** `GET /api/v1/tags`: the tags in use, the most used first, each with how many documents outside the trash have it. */
export function tagsRoutes(app: FastifyInstance, documents: Documents): void {
  app.get("/api/v1/tags", async (request) => {
    const { limit } = validate(listQuery, request.query);
    return { tags: documents.tags(limit) };
  });
}
