import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contrast } from "../../test/contrast";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function token(name: string): { light: string; dark: string } {
  const found = new RegExp(`--color-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const [, light, dark] = found ?? [];
  if (light === undefined || dark === undefined) throw new Error(`no token ${name}`);
  return { light, dark };
}

test.each([
  ["ink", "paper", 12],
  ["ink", "raised", 12],
  ["ink", "selection", 7],
  ["ink", "found", 7],
  ["ink", "warn-paper", 7],
  ["on-found-now", "found-now", 4.5],
  ["ink-soft", "paper", 7],
  ["ink-soft", "raised", 7],
  ["ink-faint", "paper", 4.5],
  ["ink-faint", "raised", 4.5],
  ["ink-faint", "sunken", 4.5],
  ["ink-faint", "hover", 4.5],
  ["warn", "paper", 4.5],
  ["warn", "raised", 4.5],
  ["code-keyword", "paper", 4.5],
  ["code-name", "paper", 4.5],
  ["code-type", "paper", 4.5],
  ["code-string", "paper", 4.5],
  ["code-number", "paper", 4.5],
  ["code-keyword", "sunken", 4.5],
  ["code-name", "sunken", 4.5],
  ["code-type", "sunken", 4.5],
  ["code-string", "sunken", 4.5],
  ["code-number", "sunken", 4.5],
  ["figure", "paper", 4.5],
  ["figure-more", "paper", 4.5],
  ["figure-less", "paper", 4.5],
  ["on-rubric", "rubric", 4.5],
  ["on-rubric", "rubric-hover", 4.5],
])("%s can be read on %s in both themes", (text, ground, least) => {
  expect(contrast(token(text).light, token(ground).light)).toBeGreaterThanOrEqual(least);
  expect(contrast(token(text).dark, token(ground).dark)).toBeGreaterThanOrEqual(least);
});
