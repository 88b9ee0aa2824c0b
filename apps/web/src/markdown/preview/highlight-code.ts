import { LanguageDescription } from "@codemirror/language";
import { languages } from "@codemirror/language-data";
import { classHighlighter, highlightCode } from "@lezer/highlight";

/** Longer code is shown without colours: parsing it would hold up the page. */
const lengthMax = 100_000;

/** Colours the code in `element` with the grammar that the editor has for `name`. Resolves when it is done, or cannot be. */
export async function highlightElement(element: HTMLElement, name: string): Promise<void> {
  const code = element.textContent ?? "";
  const description = LanguageDescription.matchLanguageName(languages, name, true);
  if (description === null || code.length > lengthMax) return;
  const { language } = description.support ?? (await description.load());
  const coloured = document.createDocumentFragment();
  highlightCode(
    code,
    language.parser.parse(code),
    classHighlighter,
    (text, classes) => {
      if (classes === "") return coloured.append(text);
      const span = document.createElement("span");
      span.className = classes;
      span.textContent = text;
      coloured.append(span);
    },
    () => coloured.append("\n"),
  );
  element.replaceChildren(coloured);
}
