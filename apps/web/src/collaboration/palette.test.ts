import { describe, expect, test } from "vitest";
import { perceivedDistance, visions } from "../../test/colour-vision";
import { contrast } from "../../test/contrast";
import { colourOf } from "./colour-of";
import { palette } from "./palette";

test.each(palette)("$name carries readable text in both themes", ({ onLight, onDark }) => {
  expect(contrast(onLight, "#ffffff")).toBeGreaterThanOrEqual(4.5);
  expect(contrast(onDark, "#171410")).toBeGreaterThanOrEqual(4.5);
});

test.each(palette)("$name stands out as a caret on the paper of both themes", ({ onLight, onDark }) => {
  expect(contrast(onLight, "#faf7f1")).toBeGreaterThanOrEqual(3);
  expect(contrast(onDark, "#171410")).toBeGreaterThanOrEqual(3);
});

describe.each(Object.entries(visions))("with %s", (_name, vision) => {
  test.each(["onLight", "onDark"] as const)("no two colours look alike (%s)", (theme) => {
    for (const [index, first] of palette.entries()) {
      for (const second of palette.slice(index + 1)) {
        const distance = perceivedDistance(first[theme], second[theme], vision);
        expect(distance, `${first.name} and ${second.name}`).toBeGreaterThan(0.07);
      }
    }
  });
});

test("gives a person the same colour every time, and uses the whole palette", () => {
  expect(colourOf("ada")).toBe(colourOf("ada"));
  const used = new Set(Array.from({ length: 200 }, (_, index) => colourOf(`person-${index}`).name));
  expect(used.size).toBe(palette.length);
});
