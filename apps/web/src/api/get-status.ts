import * as z from "zod/mini";
import { request } from "./request";

const figure = z.object({
  name: z.string(),
  unit: z.enum(["bytes", "bytesPerSecond", "count", "perSecond", "ratio", "seconds"]),
  value: z.nullable(z.number()),
  peak: z.nullable(z.number()),
  history: z.array(z.nullable(z.number())),
});

const busyDocument = z.object({
  id: z.string(),
  title: z.string(),
  edits: z.number(),
  over: z.number(),
  connections: z.number(),
});

const statusSchema = z.object({
  version: z.string(),
  nodeVersion: z.string(),
  durability: z.string(),
  node: z.number(),
  startedAt: z.string(),
  now: z.string(),
  health: z.array(
    z.object({ name: z.string(), state: z.enum(["good", "warning", "bad"]), value: z.number() }),
  ),
  everySeconds: z.number(),
  groups: z.array(z.object({ name: z.string(), figures: z.array(figure) })),
  editorsError: z.nullable(z.number()),
  busiest: z.nullable(
    z.object({ "5m": z.array(busyDocument), "1h": z.array(busyDocument), "1d": z.array(busyDocument) }),
  ),
});

/** How the server is and what it does. */
export type ServerStatus = z.infer<typeof statusSchema>;
export type StatusFigure = z.infer<typeof figure>;
export type FigureUnit = StatusFigure["unit"];
export type HealthCheck = ServerStatus["health"][number];
export type BusyDocument = z.infer<typeof busyDocument>;

/**
 * @param token the operator's, where one is set
 * @throws {WebError} NO_TOKEN: another one is needed
 */
export function getStatus(token: string | undefined, signal: AbortSignal): Promise<ServerStatus> {
  return request("/status", statusSchema, { token, signal });
}
