import type { LanguageDescription } from "@codemirror/language";
import { languageLabel } from "../languages/language-label";
import { isProse } from "../languages/prose";
import { strings } from "../ui/strings";
import type { IndentStyle } from "./indent-style";

const buttonLook =
  "rounded-control px-2 transition-colors duration-150 not-disabled:hover:bg-hover not-disabled:hover:text-ink focus-visible:-outline-offset-2 disabled:cursor-default";

interface StatusLineProps {
  readonly language: LanguageDescription;
  readonly indent: IndentStyle;
  readonly mayWrite: boolean;
  readonly onLanguage: () => void;
  readonly onIndent: () => void;
}

/** What the document is in, below it: quiet, and the way to change it. */
export function StatusLine({ language, indent, mayWrite, onLanguage, onIndent }: StatusLineProps) {
  return (
    <>
      {!isProse(language) && (
        <button
          type="button"
          className={buttonLook}
          disabled={!mayWrite}
          aria-label={strings.indent.button(strings.indent.name(indent))}
          onClick={onIndent}
        >
          {strings.indent.name(indent)}
        </button>
      )}
      <button
        type="button"
        className={buttonLook}
        disabled={!mayWrite}
        aria-label={strings.language.button(languageLabel(language))}
        onClick={onLanguage}
      >
        {languageLabel(language)}
      </button>
    </>
  );
}
