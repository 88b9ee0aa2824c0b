import { expect, test } from "vitest";
import { languageFor, parseLanguageChoice } from "./interface-language";

test.each([
  [["de-DE", "de", "en"], "de"],
  [["de-AT"], "de"],
  [["DE"], "de"],
  [["en-GB", "de"], "en"],
  [["fr-FR", "fr", "de", "en"], "de"],
  [["fr", "den"], "en"],
  [[], "en"],
])("speaks the first of %j that there is: %s", (wanted, language) => {
  expect(languageFor("browser", wanted)).toBe(language);
});

test("speaks what was chosen, whatever the browser asks for", () => {
  expect(languageFor("en", ["de-DE"])).toBe("en");
  expect(languageFor("de", ["en-US"])).toBe("de");
});

test.each([null, undefined, "", "fr", "DE", '"de"'])("goes by the browser where %j is stored", (stored) => {
  expect(parseLanguageChoice(stored)).toBe("browser");
});
