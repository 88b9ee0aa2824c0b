import { expect, test } from "vitest";
import { templates } from "./templates";

test("has templates with a name of their own, that begin with a heading and end with a line break", () => {
  const all = templates("2026-01-31");
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { name, title, text } of all) {
    expect([name, title.trim()]).not.toContain("");
    expect([text.slice(0, 2), text.endsWith("\n"), text.endsWith("\n\n")]).toEqual(["# ", true, false]);
    // What trails would be seen as a change by whoever opens it with another editor.
    expect(text).not.toMatch(/[ \t]$/m);
  }
  expect(all.find(({ id }) => id === "meeting")?.title).toBe("Meeting notes 2026-01-31");
});
