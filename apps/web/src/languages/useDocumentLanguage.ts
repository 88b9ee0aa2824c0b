import type { LanguageDescription } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { useEffect, useMemo, useRef, useState } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import { interimGrammar, resolver } from "./first-language";
import { guessFromContent, headLength } from "./guess-language";
import { markdown } from "./prose";
import type { LanguageFacts } from "./resolve-language";
import { settledLanguage } from "./settled-language";

type Resolve = (facts: LanguageFacts) => LanguageDescription;

const nothing: Extension = [];

interface DocumentFacts extends Omit<LanguageFacts, "guess" | "title"> {
  readonly title: string | undefined;
  /** Whether the text is there to be looked at. */
  readonly ready: boolean;
}

interface DocumentLanguage {
  /**
   * Undefined for the moment until the list of languages is there: a text that began as prose and became code before
   * one's eyes would jump.
   */
  readonly language: LanguageDescription | undefined;
  /** What Markdown is shown with until its grammar is there. */
  readonly interim: Extension;
  /** Where to tell what the text seems to be in now. Stable. */
  readonly onGuess: (guess: string | undefined) => void;
}

/** The language that the document is in. */
export function useDocumentLanguage(
  { text }: DocumentSession,
  { chosen, initial, title, ready }: DocumentFacts,
): DocumentLanguage {
  const opening = useMemo(
    () => (ready ? guessFromContent(text.toString().slice(0, headLength)) : undefined),
    [ready, text],
  );
  const [later, setLater] = useState<{ readonly guess: string | undefined }>();
  const [tell] = useState(() => (guess: string | undefined) => setLater({ guess }));
  const guess = later === undefined ? opening : later.guess;
  const language = useLanguage({ chosen, initial, title, ready, guess });
  const interim = useInterim(language);
  return { language: interim && language, interim: interim ?? nothing, onGuess: tell };
}

/** For a document that opens as Markdown. Undefined until it is there, and never again then: the editor would go. */
function useInterim(language: LanguageDescription | undefined): Extension | undefined {
  const [loaded, setLoaded] = useState<Extension | undefined>(() => interimGrammar.loaded?.plainMarkdown);
  const shown = useRef<Extension>(undefined);
  useEffect(() => {
    if (loaded !== undefined) return;
    interimGrammar.load().then(
      ({ plainMarkdown }) => setLoaded(plainMarkdown),
      () => setLoaded([]),
    );
  }, [loaded]);
  const interim = language === undefined || language === markdown ? (loaded ?? shown.current) : nothing;
  useEffect(() => {
    if (language !== undefined) shown.current = interim;
  }, [language, interim]);
  return interim;
}

/** The list of languages is loaded once only it can tell; until it is there, the text stays in what it was shown in. */
function useLanguage({
  title,
  ready,
  ...others
}: DocumentFacts & Pick<LanguageFacts, "guess">): LanguageDescription | undefined {
  const facts = { title: title ?? "", ...others };
  const [resolve, setResolve] = useState<Resolve | undefined>(() => resolver.loaded?.resolveLanguage);
  const settled = title === undefined ? undefined : settledLanguage(facts);
  // The title comes before the text, or not at all.
  const needsList = settled === undefined && resolve === undefined && (title !== undefined || ready);
  useEffect(() => {
    if (!needsList) return;
    resolver.load().then(
      ({ resolveLanguage }) => setResolve(() => resolveLanguage),
      // Better a text without its colours than none.
      () => setResolve(() => () => markdown),
    );
  }, [needsList]);
  const shown = useRef<LanguageDescription>(undefined);
  const language = settled ?? resolve?.(facts) ?? shown.current;
  useEffect(() => {
    shown.current = language;
  }, [language]);
  return language;
}
