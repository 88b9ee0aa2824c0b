import {
  defineLanguageFacet,
  Language,
  LanguageDescription,
  LanguageSupport,
  StreamLanguage,
} from "@codemirror/language";
import { Emoji, GFM, parser, Subscript, Superscript } from "@lezer/markdown";

/** The language of prose, and of what nothing else is known about. */
export const markdown = LanguageDescription.of({
  name: "Markdown",
  alias: ["md"],
  extensions: ["md", "markdown", "mkd"],
  load: async () => (await import("./full-markdown")).fullMarkdown(),
});

/**
 * Markdown without keys and without what is embedded in it: there at the first paint, and of the same measures as the
 * whole. @codemirror/lang-markdown would bring the grammars of HTML, CSS and JavaScript along.
 */
export const plainMarkdown = new LanguageSupport(
  new Language(defineLanguageFacet(), parser.configure([GFM, Subscript, Superscript, Emoji]), [], "markdown"),
);

export const plainText = LanguageDescription.of({
  name: "Plain Text",
  alias: ["text", "txt"],
  extensions: ["txt", "text", "log"],
  support: new LanguageSupport(
    StreamLanguage.define({
      token: (stream) => {
        stream.skipToEnd();
        return null;
      },
    }),
  ),
});

/** Whether a text is for reading: it is spell-checked, wrapped, and has no line numbers. */
export function isProse(language: LanguageDescription): boolean {
  return language === markdown || language === plainText;
}
