import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import type { LanguageSupport } from "@codemirror/language";
import { languages } from "@codemirror/language-data";

/** Markdown with its keys, and the code and HTML in it. Loaded apart: it brings HTML, CSS and JavaScript along. */
export function fullMarkdown(): LanguageSupport {
  // Completing tags would get in the way of prose.
  return markdown({ base: markdownLanguage, codeLanguages: languages, completeHTMLTags: false });
}
