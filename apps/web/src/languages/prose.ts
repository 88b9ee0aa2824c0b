import { LanguageDescription, LanguageSupport, StreamLanguage } from "@codemirror/language";

/** The language of prose, and of what nothing else is known about. */
export const markdown = LanguageDescription.of({
  name: "Markdown",
  alias: ["md"],
  extensions: ["md", "markdown", "mkd"],
  load: async () => (await import("./full-markdown")).fullMarkdown(),
});

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
