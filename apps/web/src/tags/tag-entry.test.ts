import { tagsMax } from "@scriptorium/protocol";
import { expect, test } from "vitest";
import { enterTags } from "./tag-entry";

test("adds what is typed, once, as it is spelt already", () => {
  expect(enterTags(["Draft"], " paper ", [])).toEqual({
    tags: ["Draft", "paper"],
    rest: "",
    fault: undefined,
  });
  expect(enterTags(["Draft"], "DRAFT", ["draft"]).tags).toEqual(["Draft"]);
  expect(enterTags([], "paper", ["Draft", "Paper"]).tags).toEqual(["Paper"]);
});

test("adds several at once, as a list is pasted", () => {
  expect(enterTags([], "a, b,, c ,A", []).tags).toEqual(["a", "b", "c"]);
});

test("leaves what is no tag to be corrected, and adds the others", () => {
  const long = "x".repeat(41);
  expect(enterTags(["a"], `b,${long},c`, [])).toEqual({
    tags: ["a", "b", "c"],
    rest: long,
    fault: "tooLong",
  });
  expect(enterTags([], "\u200b", []).fault).toBe("empty");
});

test("says when a document has as many as it can have", () => {
  const full = Array.from({ length: tagsMax }, (_, number) => String(number));
  expect(enterTags(full, "one more", [])).toEqual({ tags: full, rest: "one more", fault: "tooMany" });
  expect(enterTags(full, "19", []), "one of them again is none more").toMatchObject({
    tags: full,
    fault: undefined,
  });
});
