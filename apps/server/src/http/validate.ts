import type { z } from "zod";
import { Problem } from "./problem";

/** @throws {Problem} 400 that names each field and what is wrong with it. */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  throw new Problem(400, faults.join("; "));
}
