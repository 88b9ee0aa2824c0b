import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { variables } from "./environment";
import { variableTable } from "./variable-table";

const readme = new URL("../../../../README.md", import.meta.url);

test("is the README's: `npm run docs` writes it there", () => {
  const [, written] =
    /<!-- variables: .* -->\n\n([\s\S]*?)\n<!-- end of variables -->/.exec(readFileSync(readme, "utf8")) ??
    [];
  expect(written, "the README lacks what the code says of a variable. Run: npm run docs").toBe(
    variableTable(),
  );
});

test("says something of every variable, in one line", () => {
  expect(variables.length).toBeGreaterThan(20);
  for (const { name, description } of variables)
    expect(`${name}: ${description}`).toMatch(/^\w+: [^\n|]{10,}[^.]$/);
});

test("shows a default as one would set it", () => {
  const fallbacks = new Map(variables.map(({ name, fallback }) => [name, fallback]));
  expect(fallbacks.get("PORT")).toBe("8080");
  expect(fallbacks.get("SCRIPTORIUM_METRICS")).toBe("all");
  expect(fallbacks.get("SCRIPTORIUM_BASE_URL")).toBeUndefined();
});
