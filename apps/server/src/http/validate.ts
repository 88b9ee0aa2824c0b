import type { z } from "zod";
import { Problem } from "./problem";

/** @throws {Problem} 400 that names each field and what is wrong with it. */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const faults = issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  const fields = new Set(issues.flatMap(({ path }) => (path.length === 0 ? [] : [path.join(".")])));
  throw new Problem("INVALID_REQUEST", faults.join("; "), { fields: [...fields] });
}
