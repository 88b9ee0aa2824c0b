import { expect, test } from "vitest";
import { takeTag } from "./take-tag";

test("takes a tag that is in use, and leaves the words before it", () => {
  expect(takeTag("#DRAFT ", ["Draft"])).toEqual({ query: "", tag: "Draft" });
  expect(takeTag("two words #cafe\u0301 ", ["café"])).toEqual({ query: "two words", tag: "café" });
});

test.each(["#draft", "#include ", "C#draft ", "#draft more ", "# ", "draft "])(
  "leaves %j as it is",
  (typed) => {
    expect(takeTag(typed, ["draft"])).toBeUndefined();
  },
);
