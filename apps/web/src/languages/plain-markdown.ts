import { defineLanguageFacet, Language, LanguageSupport } from "@codemirror/language";
import { Emoji, GFM, parser, Subscript, Superscript } from "@lezer/markdown";

/**
 * Markdown without keys and without what is embedded in it: there at the first paint, and of the same measures as the
 * whole. @codemirror/lang-markdown would bring the grammars of HTML, CSS and JavaScript along.
 */
export const plainMarkdown = new LanguageSupport(
  new Language(defineLanguageFacet(), parser.configure([GFM, Subscript, Superscript, Emoji]), [], "markdown"),
);
