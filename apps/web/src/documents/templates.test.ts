import { expect, test } from "vitest";
import { interfaceLanguages } from "../interface-language/interface-language";
import { templates } from "./templates";

const day = "2026-01-31";

test.each(interfaceLanguages)(
  "has templates with a name of their own, that begin well and end well: %s",
  (language) => {
    const all = templates(language, day);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { name, title, text } of all) {
      expect([name, title.trim()]).not.toContain("");
      expect([text.slice(0, 2), text.endsWith("\n"), text.endsWith("\n\n")]).toEqual(["# ", true, false]);
      // What trails would be seen as a change by whoever opens it with another editor.
      expect(text).not.toMatch(/[ \t]$/m);
    }
  },
);

test("has the same templates in every language", () => {
  const ids = interfaceLanguages.map((language) => templates(language, day).map(({ id }) => id));
  expect(ids).toEqual(interfaceLanguages.map(() => ids[0]));
  const meetings = interfaceLanguages.map((language) => templates(language, day)[0]?.title);
  expect(meetings).toEqual(["Meeting notes 2026-01-31", "Besprechung 2026-01-31"]);
});
