import { expect, test } from "vitest";
import { z } from "zod";
import { Problem } from "./problem";
import { tagsParameterSchema, tagsSchema } from "./tags-schema";
import { validate } from "./validate";

function detailOf(tags: unknown): string {
  try {
    validate(tagsSchema, tags);
  } catch (error) {
    if (error instanceof Problem) return error.detail;
  }
  throw new Error("no problem");
}

test("takes tags as they are to be stored: trimmed, and each once", () => {
  expect(validate(tagsSchema, [" Draft", "draft ", "Cafe\u0301"])).toEqual(["Draft", "Café"]);
  expect(validate(tagsSchema, [])).toEqual([]);
});

test("says which tags are none, and why", () => {
  expect(detailOf(["fine", "a,b", "", "x".repeat(41), "a\tb"])).toBe(
    "1: must not have a comma; 2: must not be empty; 3: must have at most 40 characters; " +
      "4: must not have control characters",
  );
  expect(detailOf(Array.from({ length: 21 }, (_, number) => String(number)))).toBe("must be at most 20 tags");
  expect(detailOf("draft")).toMatch(/expected array/);
});

test("takes a parameter that is there never, once or more often", () => {
  const query = z.object({ tag: tagsParameterSchema });
  const tagsOf = (parameters: object) => validate(query, parameters).tag;
  expect(tagsOf({})).toEqual([]);
  expect(tagsOf({ tag: "draft " })).toEqual(["draft"]);
  expect(tagsOf({ tag: ["draft", "paper", "Draft"] })).toEqual(["draft", "paper"]);
});
