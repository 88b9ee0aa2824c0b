import fc from "fast-check";
import { expect, test } from "vitest";
import { distinctTags, faultOfTag, tagKey, tagLengthMax, trimTag } from "./tag";

test.each([
  ["  Draft ", "Draft"],
  ["Cafe\u0301", "Café"],
  ["\u00a0two words\u3000", "two words"],
  ["עברית", "עברית"],
])("takes %j for the tag %j", (text, tag) => {
  expect(trimTag(text)).toBe(tag);
  expect(faultOfTag(trimTag(text))).toBeUndefined();
});

test.each([
  ["", "empty"],
  [" \t ", "empty"],
  ["\u200b\u200d", "empty"],
  ["a\u0000b", "control"],
  ["a\nb", "control"],
  ["a\u2028b", "control"],
  ["a\ud800b", "control"],
  ["a,b", "comma"],
  ["x".repeat(tagLengthMax + 1), "tooLong"],
])("says of %j that it is no tag: %s", (text, fault) => {
  expect(faultOfTag(trimTag(text))).toBe(fault);
});

test("counts characters, not halves of them", () => {
  expect(faultOfTag("🍎".repeat(tagLengthMax))).toBeUndefined();
  expect(faultOfTag("🍎".repeat(tagLengthMax + 1))).toBe("tooLong");
});

test("trimming a tag again changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 50 }), (text) => {
      expect(trimTag(trimTag(text))).toBe(trimTag(text));
    }),
  );
});

test("keeps the first spelling of each tag, in the order in which they were added", () => {
  expect(distinctTags(["Draft", "ÄPFEL", "draft", "äpfel", "paper", "DRAFT"])).toEqual([
    "Draft",
    "ÄPFEL",
    "paper",
  ]);
  expect([tagKey("ÄPFEL"), tagKey("Straße")]).toEqual(["äpfel", "straße"]);
});
