import { expect, test } from "vitest";
import { applyChangeset, parseChangeset } from "./changeset";

// The examples are those of Etherpad's documentation, or follow its description.

test("keeps, inserts and deletes, in the order of the text", () => {
  expect(parseChangeset("Z:z>1|2=m=b*0|1+1$\n")).toEqual({
    lengthBefore: 35,
    lengthAfter: 36,
    operations: [
      { type: "keep", length: 22 },
      { type: "keep", length: 11 },
      { type: "insert", text: "\n" },
    ],
  });
});

test.each([
  ["the first text of a pad", "\n", "Z:1>d|1+d$Hello, World\n", "Hello, World\n\n"],
  ["a letter behind others", "ab\n", "Z:3>1=2*0+1$c", "abc\n"],
  ["a deletion over line ends", "one\ntwo\nthree\n", "Z:e<8|2-8$", "three\n"],
  ["a replacement", "one\n", "Z:4>1*1+4-3$four", "four\n"],
  ["formatting alone", "one\n", "Z:4>0*0=3$", "one\n"],
  ["nothing at all", "one\n", "Z:4>0$", "one\n"],
  ["a dollar among the characters", "\n", "Z:1>3*0+3$a$b", "a$b\n"],
  ["characters of two units", "\n", "Z:1>2*0+2$😀", "😀\n"],
])("applies %s", (_title, before, changeset, after) => {
  expect(applyChangeset(before, parseChangeset(changeset))).toBe(after);
});

test.each([
  ["no changeset", "hello"],
  ["no characters", "Z:1>1*0+1"],
  ["too few characters", "Z:1>2*0+2$a"],
  ["too many characters", "Z:1>1*0+1$ab"],
  ["a change of another length", "Z:1>2*0+1$a"],
  ["a deletion beyond the end", "Z:1<2-3$"],
  ["lines counted wrongly", "Z:1>2*0|2+2$a\n"],
  ["an operation that there is none of", "Z:1>1*0/1$a"],
  ["numbers beyond all texts", "Z:zzzzzzzzzzzzzzz>0$"],
  ["attributes without an operation", "Z:1>0*0$"],
])("refuses %s", (_title, changeset) => {
  expect(() => parseChangeset(changeset)).toThrow("has a changeset that cannot be understood");
});

test("refuses to change a text of another length", () => {
  const parsed = parseChangeset("Z:4>1=3*0+1$!");
  expect(() => applyChangeset("a longer one\n", parsed)).toThrow("does not fit the text");
});
