import { expect, test } from "vitest";
import { runsFromRightToLeft } from "./runs-from-right-to-left";

test.each(["שלום world", "مرحبا", "- [ ] 12. שלום", "# ܫܠܡܐ", "\u200f123 abc", "𞤀𞤣𞤤𞤢𞤥", "ﷺ"])(
  "%j runs from right to left",
  (line) => {
    expect(runsFromRightToLeft(line)).toBe(true);
  },
);

test.each(["", "123 – 456", "Latin שלום", "\u200eשלום", "数学 שלום", "🎉 x שלום", "𝒜 שלום"])(
  "%j does not",
  (line) => {
    expect(runsFromRightToLeft(line)).toBe(false);
  },
);

test("a letter is not looked for to the end of a line without any", () => {
  expect(runsFromRightToLeft(`${"1".repeat(999)}ש`)).toBe(true);
  expect(runsFromRightToLeft(`${"1".repeat(1000)}ש`)).toBe(false);
});
