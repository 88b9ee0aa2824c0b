import { getHeapSnapshot } from "node:v8";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Metrics } from "../observability/metrics";
import { Profiler, ProfilerBusyError } from "../observability/profiler";
import type { OperatorToken } from "../security/operator-token";
import { operatorOnly } from "./operator-only";
import { Problem } from "./problem";
import { validate } from "./validate";

export interface DebugRoutesOptions {
  readonly metrics: Metrics;
  readonly operatorToken: OperatorToken;
}

const profileQuery = z.object({ seconds: z.coerce.number().min(0.1).max(60).default(10) });

/**
 * What finds out why a server is slow or large. For the operator only, and only where a token tells who that is: a
 * snapshot holds what the process does, texts among it.
 *
 * - `GET /debug/profile?seconds=`: a CPU profile of the main thread
 * - `GET /debug/heap-snapshot`: its heap. The process stands still for as long as that takes, seconds for a large one
 */
export function debugRoutes(app: FastifyInstance, { metrics, operatorToken }: DebugRoutesOptions): void {
  const onRequest = operatorToken.isSet ? operatorOnly(operatorToken, metrics) : refuseAll;
  const profiler = new Profiler();

  app.get("/debug/profile", { onRequest }, async (request, reply) => {
    const { seconds } = validate(profileQuery, request.query);
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    try {
      const profile = await profiler.cpu(seconds, gone.signal);
      return asFile(reply, "cpuprofile").send(profile);
    } catch (error) {
      if (!(error instanceof ProfilerBusyError)) throw error;
      throw new Problem("BUSY", "Another profile is being taken. Try again when it has ended.");
    }
  });

  app.get("/debug/heap-snapshot", { onRequest }, async (_request, reply) =>
    asFile(reply, "heapsnapshot").send(getHeapSnapshot()),
  );
}

async function refuseAll(): Promise<never> {
  throw new Problem(
    "NOTHING_HERE",
    "Profiles are for the operator only: set SCRIPTORIUM_OPERATOR_TOKEN, and send it as a bearer token.",
  );
}

function asFile(reply: FastifyReply, extension: string): FastifyReply {
  const name = `scriptorium-${new Date().toISOString().replaceAll(/[:.]/g, "-")}.${extension}`;
  return reply
    .type("application/json; charset=utf-8")
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${name}"`);
}
