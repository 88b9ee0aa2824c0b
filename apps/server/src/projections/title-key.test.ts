import { expect, test } from "vitest";
import { foldText, titleKey } from "./title-key";

test("sorts numbers by their size, accents and case as if there were none, and untitled documents last", () => {
  const titles = ["", "Note 10", "zebra", "Évora", "note 2", "Eve", "Zoo"];
  const sorted = [...titles].sort((a, b) => (titleKey(a) < titleKey(b) ? -1 : 1));
  expect(sorted).toEqual(["Eve", "Évora", "note 2", "Note 10", "zebra", "Zoo", ""]);
});

test("folds what people do not tell apart when they search", () => {
  expect(foldText("ÄPFEL ﬁne ＷＩＤＥ")).toBe("apfel fine wide");
});
