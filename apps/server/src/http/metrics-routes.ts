import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { DocumentMetrics } from "../document-metrics/document-metrics";
import type { MetricsStreams } from "../document-metrics/metrics-streams";
import { SeriesRangeError, seriesRange } from "../document-metrics/series-range";
import type { Documents } from "../documents/documents";
import { stepNames } from "../projections/statistics/steps";
import { documentIdOf, type IdParameter, present } from "./document-parameter";
import { EventStream } from "./event-stream";
import { Problem } from "./problem";
import { validate } from "./validate";

export interface MetricsRoutesOptions {
  readonly documents: Documents;
  readonly documentMetrics: DocumentMetrics;
  readonly metricsStreams: MetricsStreams;
}

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const seriesQuery = z.object({
  step: z.enum(stepNames).default("minute"),
  from: moment.optional(),
  to: moment.optional(),
});

/**
 * What happens in a document, for those who may read it:
 *
 * - `GET /api/v1/documents/:id/metrics`: its figures now.
 * - `GET …/metrics/series?step=&from=&to=`: edits by the minute, hour or day.
 * - `GET …/metrics/stream`: the figures whenever they change, as server-sent events.
 */
export function metricsRoutes(app: FastifyInstance, options: MetricsRoutesOptions): void {
  const { documents, documentMetrics, metricsStreams } = options;

  app.get<IdParameter>("/api/v1/documents/:id/metrics", async (request) => {
    const id = documentIdOf(request.params.id);
    present(documents.find(id));
    return documentMetrics.read(id);
  });

  app.get<IdParameter>("/api/v1/documents/:id/metrics/series", async (request) => {
    const id = documentIdOf(request.params.id);
    present(documents.find(id));
    const { step, from: fromMs, to: toMs } = validate(seriesQuery, request.query);
    try {
      return documentMetrics.series(id, step, seriesRange(step, { fromMs, toMs }, Date.now()));
    } catch (cause) {
      if (!(cause instanceof SeriesRangeError)) throw cause;
      throw new Problem("INVALID_RANGE", cause.message, {
        cause,
        fields: ["from", "to"],
        fault: cause.bounds,
      });
    }
  });

  // There is no answer of which somebody could want the head alone.
  const streaming = { exposeHeadRoute: false };
  app.get<IdParameter>("/api/v1/documents/:id/metrics/stream", streaming, (request, reply) => {
    const id = documentIdOf(request.params.id);
    present(documents.find(id));
    if (!metricsStreams.hasRoom(id)) {
      reply.header("retry-after", "30");
      throw new Problem(
        "TOO_MANY_STREAMS",
        "Too many follow the figures already. Ask for them now and then.",
      );
    }
    reply.hijack();
    const events = new EventStream(reply.raw, request.id);
    const stop = metricsStreams.listen(id, {
      send: (metrics) => events.send("metrics", metrics),
      keepAlive: () => events.keepAlive(),
      end: (because) => {
        events.send("end", JSON.stringify({ because }));
        events.end();
      },
    });
    reply.raw.once("close", stop);
  });
}
