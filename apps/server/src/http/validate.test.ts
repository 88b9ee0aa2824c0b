import { expect, test } from "vitest";
import { z } from "zod";
import { Problem } from "./problem";
import { validate } from "./validate";

const schema = z.strictObject({
  title: z.string().trim(),
  page: z.object({ size: z.number().max(10) }).optional(),
});

function problemOf(value: unknown): Problem {
  try {
    validate(schema, value);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return expect.fail("the value was accepted");
}

test("gives back what the schema makes of a value", () => {
  expect(validate(schema, { title: " Notes " })).toEqual({ title: "Notes" });
});

test("names every field that is wrong, by its path", () => {
  const { code, status, detail, fields } = problemOf({ title: 1, page: { size: 11 } });
  expect([code, status]).toEqual(["INVALID_REQUEST", 400]);
  expect(fields).toEqual(["title", "page.size"]);
  expect(detail).toMatch(/^title: .+; page\.size: .+$/);
});

test("says what is wrong with a value as a whole", () => {
  expect(problemOf(undefined).detail).toMatch(/expected object/);
  expect(problemOf({ title: "Notes", colour: "red" }).detail).toContain("colour");
});
